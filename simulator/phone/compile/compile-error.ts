/** Something in the mini-program's source that WeChat's compiler would refuse too. `line` counts from 1. */
export class CompileError extends Error {
  constructor(readonly file: string, readonly line: number | undefined, readonly reason: string) {
    super(`${file}${line === undefined ? '' : `:${line}`}  ${reason}`)
    this.name = 'CompileError'
  }
}

export const lineAt = (source: string, offset: number): number => source.slice(0, offset).split('\n').length
