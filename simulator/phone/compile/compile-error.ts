/** A mistake that whoever edits the mini-program must mend: the message says it all. */
export class SourceMistake extends Error {}

/** Something in the mini-program's source that WeChat's compiler would refuse too. `line` counts from 1. */
export class CompileError extends SourceMistake {
  constructor(file: string, line: number | undefined, reason: string) {
    super(`${file}${line === undefined ? '' : `:${line}`}  ${reason}`)
    this.name = 'CompileError'
  }
}

export const lineAt = (source: string, offset: number): number => source.slice(0, offset).split('\n').length
