import path from 'node:path'

/** The folder this product lives in. */
export const root = path.resolve(__dirname, '..')
export const inRoot = (...parts: string[]): string => path.join(root, ...parts)
