import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { inRoot, root } from '../../tools/root'

type Violation = { rule: { name: string }; from: string; to: string; comment?: string }

/** Violations of import-rules.mjs in a tree laid out as ours. */
const violationsIn = (folder: string): Violation[] => {
  const houses = ['cloudfunctions', 'miniprogram', 'simulator', 'tests', 'tools', 'bench'].filter((name) => fs.existsSync(path.join(folder, name)))
  const cruise = spawnSync(
    process.execPath,
    [inRoot('node_modules/dependency-cruiser/bin/dependency-cruise.mjs'), '--config', inRoot('tests/architecture/import-rules.mjs'), '--output-type', 'json', ...houses],
    { cwd: folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  )
  if (!cruise.stdout.startsWith('{')) throw new Error(cruise.stderr || cruise.stdout)
  const { summary } = JSON.parse(cruise.stdout) as { summary: { violations: Violation[]; ruleSetUsed: { forbidden: { name: string; comment: string }[] } } }
  return summary.violations.map((one) => ({ ...one, comment: summary.ruleSetUsed.forbidden.find((rule) => rule.name === one.rule.name)?.comment }))
}

// One wrong import for every rule.
const wrong: [rule: string, from: string, to: string][] = [
  ['order-houses', 'cloudfunctions/houses/house.ts', 'cloudfunctions/members/member.ts'],
  ['order-members', 'cloudfunctions/members/member.ts', 'cloudfunctions/incidents/incident.ts'],
  ['order-incidents', 'cloudfunctions/incidents/incident.ts', 'cloudfunctions/repairs/repair.ts'],
  ['order-features', 'cloudfunctions/repairs/repair.ts', 'cloudfunctions/points/points-entry.ts'],
  ['order-billing', 'cloudfunctions/billing/bill.ts', 'cloudfunctions/payments/payment.ts'],
  ['order-billing', 'cloudfunctions/billing/issue.ts', 'cloudfunctions/repairs/repair.ts'],
  ['order-refunds', 'cloudfunctions/refunds/refund.ts', 'cloudfunctions/insights/insight.ts'],
  ['order-repair-desk', 'cloudfunctions/repair-desk/desk-list.ts', 'cloudfunctions/points/points-entry.ts'],
  ['order-payments', 'cloudfunctions/payments/payment.ts', 'cloudfunctions/insights/insight.ts'],
  ['home-is-last', 'cloudfunctions/payments/actions.ts', 'cloudfunctions/home/home.ts'],
  ['not-its-actions', 'cloudfunctions/repairs/actions.ts', 'cloudfunctions/members/actions.ts'],
  ['contract-to-contract', 'cloudfunctions/repairs/actions.ts', 'cloudfunctions/members/contract.ts'],
  ['doors-call-operations', 'cloudfunctions/payment-callback/index.ts', 'cloudfunctions/payments/payment.ts'],
  ['nobody-uses-a-door', 'cloudfunctions/payments/settle.ts', 'cloudfunctions/payment-callback/index.ts'],
  ['shared-knows-no-feature', 'cloudfunctions/_shared/serve.ts', 'cloudfunctions/members/member.ts'],
  ['a-rule-never-loads', 'cloudfunctions/repairs/repair.ts', 'cloudfunctions/repairs/repository.ts'],
  ['a-repository-never-decides', 'cloudfunctions/repairs/repository.ts', 'cloudfunctions/repairs/actions.ts'],
  ['arrows-do-not-point-back', 'cloudfunctions/repairs/actions.ts', 'cloudfunctions/repairs/index.ts'],
  ['collections-in-repositories', 'cloudfunctions/repairs/contract.ts', 'cloudfunctions/_shared/db.ts'],
  ['phone-takes-contracts', 'miniprogram/services/repairs.ts', 'cloudfunctions/repairs/repair.ts'],
  ['phone-takes-types', 'miniprogram/services/repairs.ts', 'cloudfunctions/repairs/contract.ts'],
  ['features-are-apart', 'miniprogram/features/repairs/a.ts', 'miniprogram/features/billing/b.ts'],
  ['main-package-is-alone', 'miniprogram/pages/home/home.ts', 'miniprogram/features/billing/b.ts'],
  ['components-call-no-service', 'miniprogram/features/repairs/components/a/a.ts', 'miniprogram/services/repairs.ts'],
  ['support-stands-below', 'miniprogram/support/money.ts', 'miniprogram/pages/home/home.ts'],
  ['cloud-knows-only-itself', 'cloudfunctions/repairs/repair.ts', 'tools/root.ts'],
  ['product-knows-no-simulator', 'miniprogram/services/cloud.ts', 'simulator/main.ts'],
  ['simulator-knows-no-tests', 'simulator/main.ts', 'tests/support/village.ts'],
  ['platform-knows-no-product', 'simulator/cloud/cloud.ts', 'cloudfunctions/repairs/repair.ts'],
  ['nothing-missing', 'cloudfunctions/repairs/repair.ts', 'cloudfunctions/repairs/nowhere.ts'],
  ['no-cycles', 'simulator/a.ts', 'simulator/b.ts'],
]

// A circle of types is none, and the phone may take types of contracts.
const right: [from: string, to: string][] = [
  ['simulator/c.ts', 'simulator/d.ts'],
  ['miniprogram/services/billing.ts', 'cloudfunctions/billing/contract.ts'],
  ['cloudfunctions/payments/settle.ts', 'cloudfunctions/billing/bill.ts'],
  ['cloudfunctions/repairs/step-actions.ts', 'cloudfunctions/billing/issue.ts'],
]

/** All of these in one tree, judged at once: `rule: from → to`. */
let judged: string[] | undefined
const broken = (): string[] => {
  if (judged) return judged
  const imports = new Map<string, string[]>([
    ['simulator/b.ts', ["import './a'"]],
    ['simulator/c.ts', ["import type { D } from './d'", 'export type C = D']],
    ['simulator/d.ts', ["import type { C } from './c'", 'export type D = C']],
    ['miniprogram/services/billing.ts', ["import type { Bill } from '../../cloudfunctions/billing/contract'", 'export type Bills = Bill[]']],
    ['cloudfunctions/billing/contract.ts', ['export type Bill = string']],
  ])
  const add = (file: string, ...lines: string[]) => imports.set(file, [...(imports.get(file) ?? []), ...lines])
  for (const [, from, to] of [...wrong, ...right.slice(2).map(([from, to]) => ['', from, to] as const)]) {
    const used = path.posix.relative(path.posix.dirname(from), to).replace(/\.ts$/, '')
    add(from, `import '${used.startsWith('.') ? used : `./${used}`}'`)
    if (!to.endsWith('nowhere.ts')) add(to, 'export const it = 1')
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-imports-'))
  for (const [name, lines] of imports) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), [...new Set(lines)].join('\n'))
  }
  judged = violationsIn(folder).map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
  fs.rmSync(folder, { recursive: true })
  return judged
}

describe('imports', () => {
  it('go only where the rooms of the house allow', () => {
    expect(violationsIn(root).map(({ from, to, comment }) => `${from} → ${to}: ${comment}`)).toEqual([])
  })

  it.each(wrong)('%s: %s may not import %s', (rule, from, to) => {
    expect(broken()).toContain(`${rule}: ${from} → ${to.replace(/.*nowhere\.ts$/, './nowhere')}`)
  })

  it.each(right)('%s may import %s', (from, to) => {
    expect(broken().filter((one) => one.endsWith(`: ${from} → ${to}`))).toEqual([])
  })
})
