import type * as z from 'zod'
import { AppError } from './errors'

/** A phone of ours never has more than this wrong at once; others get no answer that grows with what they sent. */
const mostFields = 10
const longestName = 64

/** For schemas that do not say themselves what is wrong: zod's own words are English, and for programmers. */
const inWords: z.core.$ZodErrorMap = ({ code, input }) => {
  if (input === undefined) return '请填写这一项'
  switch (code) {
    case 'too_small': return '填写的内容太少'
    case 'too_big': return '填写的内容太多'
    case 'invalid_value': return '请从列出的选项中选择'
    case 'unrecognized_keys': return '不接受这一项'
    default: return '填写的内容不正确'
  }
}

const nameOf = (issue: z.core.$ZodIssue): string =>
  (issue.path.join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.slice(0, mostFields).join(',') : 'input')).slice(0, longestName)

/** The input as its schema gives it. Throws INVALID_INPUT with what is wrong, field by field, in Chinese; the first of it is the message. */
export const parseInput = <T>(schema: z.ZodType<T>, input: unknown): T => {
  const parsed = schema.safeParse(input, { error: inWords })
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.slice(0, mostFields)
  // Reversed, so that of two complaints about one field the first stands.
  const fields = Object.fromEntries(issues.map((issue) => [nameOf(issue), issue.message]).reverse())
  throw new AppError('INVALID_INPUT', issues[0]?.message ?? '请检查填写的内容', { fields })
}
