/** The release that this function was built from, `0.1.0`; the build writes it in. */
export const release: string = process.env.LINLI_RELEASE ?? 'unknown'
