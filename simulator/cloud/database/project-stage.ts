import { evaluate, isExpression } from './evaluate'
import type { Fields } from './ejson'
import { projectionOf } from './projection'
import { requestFailed } from './refusals'

/** What a `$project` says of each path: keep it, leave it out, or compute it. */
type Plan = { kept: string[]; left: string[]; computed: [path: string[], expression: unknown][] }

const addField = (plan: Plan, path: string, value: unknown): void => {
  if (typeof value === 'number' || typeof value === 'boolean') (value ? plan.kept : plan.left).push(path)
  else if (isExpression(value)) plan.computed.push([path.split('.'), value])
  else addFields(plan, value as Fields, `${path}.`)
}

const addFields = (plan: Plan, fields: Fields, prefix: string): void => {
  const names = Object.keys(fields)
  if (names.length === 0) throw requestFailed('an empty object is not a valid value of $project')
  for (const name of names) addField(plan, prefix + name, fields[name])
}

const put = (target: Fields, [part = '', ...rest]: string[], value: unknown): void => {
  if (rest.length === 0) {
    target[part] = value
    return
  }
  const present = target[part]
  if (Array.isArray(present)) throw requestFailed(`the local database does not compute a path through the array ${part}`)
  target[part] = typeof present === 'object' && present !== null ? { ...present } : {}
  put(target[part] as Fields, rest, value)
}

/** `$project`: either leaves fields out, or keeps and computes some. */
export const projectStage = (rows: Fields[], spec: unknown): Fields[] => {
  const plan: Plan = { kept: [], left: [], computed: [] }
  addFields(plan, spec as Fields, '')
  const left = plan.left.filter((path) => path !== '_id')
  if (left.length > 0 && plan.kept.length + plan.computed.length > 0) {
    throw requestFailed('Invalid $project: cannot do exclusion and inclusion in one projection')
  }
  const hidesId = plan.left.includes('_id')
  const isLeaving = left.length > 0 || (hidesId && plan.kept.length + plan.computed.length === 0)
  const paths = isLeaving ? plan.left : plan.kept
  const keepsNothing = !isLeaving && hidesId && paths.length === 0
  const base = projectionOf({ _id: hidesId ? 0 : 1, ...Object.fromEntries(paths.map((path) => [path, isLeaving ? 0 : 1])) })
  return rows.map((row) => {
    const projected: Fields = keepsNothing ? {} : base(row)
    for (const [path, expression] of plan.computed) {
      const value = evaluate(row, expression)
      if (value !== undefined) put(projected, path, value)
    }
    return projected
  })
}
