import fs from 'node:fs'
import path from 'node:path'

/** Says whether a phone may call a function by name (`database-rules/functions.json`); timers and callbacks are not asked. */
export type FunctionRules = (functionName: string) => boolean

const allowedForms: unknown[] = [true, false, 'auth != null', "auth.loginType != 'ANONYMOUS' && auth != null"]

export const readFunctionRules = (rulesFolder: string): FunctionRules => {
  const file = path.join(rulesFolder, 'functions.json')
  const rules = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as unknown) : { '*': { invoke: 'auth != null' } }
  const invoke = new Map<string, boolean>()
  for (const [name, rule] of Object.entries(rules as Record<string, { invoke?: unknown }>)) {
    if (!allowedForms.includes(rule?.invoke)) throw new Error(`functions.json: "${name}" has an invoke rule the platform does not know`)
    invoke.set(name, rule.invoke !== false)
  }
  const otherwise = invoke.get('*')
  if (otherwise === undefined) throw new Error('functions.json must have a rule for "*"')
  return (functionName) => invoke.get(functionName) ?? otherwise
}
