// What communities cost a month and which limit they meet first: `npx tsx bench/costs.ts` prints the tables of docs/costs.md.
import fs from 'node:fs'
import { inRoot } from '../tools/root'

/** Round trips each action may take, as its row says: the most it costs. */
export const budgetsIn = (source: string): Record<string, number> =>
  Object.fromEntries([...source.matchAll(/^ {2}(\w+): \{ allow: .*?budget: (\d+)/gm)].map(([, action, budget]) => [action, Number(budget)]))

const folders = () => fs.readdirSync(inRoot('cloudfunctions')).filter((name) => fs.existsSync(inRoot('cloudfunctions', name, 'index.ts')))
const readBudgets = (): Record<string, number> => Object.fromEntries(folders().flatMap((name) =>
  Object.entries(budgetsIn(fs.readFileSync(inRoot('cloudfunctions', name, 'index.ts'), 'utf8'))).map(([action, budget]) => [`${name}.${action}`, budget])))

/** Calls a month of one community of 1,000 homes: 600 of them bound, 900 people, 40 repairs, six people at the desk 22 days a month. */
export const callsPerCommunity: Record<string, number> = {
  'home.open': 10_000,
  'messages.list': 2_500,
  'messages.read': 1_500,
  'messages.deliver': 500,
  'messages.recordConsent': 200,
  'members.session': 500,
  'members.verifyPhone': 20,
  'members.apply': 10,
  'members.listApplications': 300,
  'members.approve': 10,
  'repairs.prepare': 60,
  'repairs.create': 40,
  'repairs.get': 800,
  'repairs.list': 300,
  'repairs.queue': 6_000,
  'repairs.assign': 40,
  'repairs.start': 40,
  'repairs.complete': 40,
  'repairs.rate': 20,
  'repairs.messages': 300,
  'repairs.sendMessage': 80,
}
/** Where a row allows for the worst (five jobs to two hundred people), what it usually takes. */
const usually: Record<string, number> = { 'messages.deliver': 12, 'members.verifyPhone': 18, 'members.approve': 14 }

/** Per environment, however many communities it has: the minute's timer, the night's backup. */
const timerCalls = 43_200 + 31
const photosPerCommunity = 160
const photoBytes = 300_000

/** As 15 ms a round trip and 20 ms of our own, 256 MB, billed by whole 100 ms. */
const gbSecondsOf = (roundTrips: number): number => (Math.ceil((20 + 15 * roundTrips) / 100) / 10) * 0.25

/** Stored bytes a community gains in a year, measured on the town: documents, and about 60 bytes an index entry. */
const grows = {
  repairs: { documents: 480, bytes: 2_400, indexes: 9 },
  inbox: { documents: 14_000, bytes: 450, indexes: 2 },
  audits: { documents: 1_500, bytes: 350, indexes: 4 },
}
const indexEntryBytes = 60

export type Month = { functionCalls: number; databaseCalls: number; gbSeconds: number; newPhotosGb: number; newDataGb: number; indexGb: number; callsAtPeak: number }

/** One environment with so many communities. A fifth of a day's calls come in its busiest hour. */
export const monthOf = (communities: number, budgets: Record<string, number>): Month => {
  const rows = Object.entries(callsPerCommunity).map(([action, calls]) => ({ calls, trips: Math.min(budgets[action]!, usually[action] ?? budgets[action]!) }))
  const sum = (of: (row: { calls: number; trips: number }) => number) => rows.reduce((total, row) => total + of(row), 0)
  const perYear = Object.values(grows)
  const functionCalls = timerCalls + communities * sum(({ calls }) => calls)
  return {
    functionCalls,
    databaseCalls: timerCalls + communities * sum(({ calls, trips }) => calls * trips),
    gbSeconds: timerCalls * gbSecondsOf(1) + communities * sum(({ calls, trips }) => calls * gbSecondsOf(trips)),
    newPhotosGb: (communities * photosPerCommunity * photoBytes) / 1e9,
    newDataGb: (communities * perYear.reduce((total, { documents, bytes }) => total + documents * bytes, 0)) / 12 / 1e9,
    indexGb: (communities * perYear.reduce((total, { documents, indexes }) => total + documents * indexes * indexEntryBytes, 0)) / 1e9,
    callsAtPeak: (functionCalls / 30) * 0.2 / 3_600,
  }
}

const short = (value: number): string =>
  value >= 1e9 ? `${(value / 1e9).toFixed(1)} bn` : value >= 1e6 ? `${(value / 1e6).toFixed(1)} M` : value >= 1e4 ? `${(value / 1e3).toFixed(0)} k` : value >= 10 ? value.toFixed(0) : value.toFixed(2)

/** Tencent's published examples: 400 yuan for ten million calls, 0.00011 a GBs, 0.0023 a GB and day of storage, 0.07 a GB and day of database. */
const yuanOf = ({ functionCalls, databaseCalls, gbSeconds, newPhotosGb, newDataGb, indexGb }: Month): number =>
  (functionCalls + databaseCalls) / 1e7 * 400 + gbSeconds * 0.00011 + newPhotosGb * 12 * 0.0023 * 30 + (newDataGb * 12 + indexGb) * 0.07 * 30

const scales = [1, 20, 100, 10_000]

const print = () => {
  const budgets = readBudgets()
  const months = scales.map((communities) => monthOf(communities, budgets))
  const row = (name: string, of: (month: Month) => number) => `| ${name} | ${months.map((month) => short(of(month))).join(' | ')} |`
  return [
    `| a month, in one environment | ${scales.map((one) => one === 1 ? 'one community' : `${one.toLocaleString('en')} communities`).join(' | ')} |`,
    `|---|${scales.map(() => '---:').join('|')}|`,
    row('function calls', (month) => month.functionCalls),
    row('database round trips', (month) => month.databaseCalls),
    row('round trips a day', (month) => month.databaseCalls / 30),
    row('GBs', (month) => month.gbSeconds),
    row('calls a second, busiest hour', (month) => month.callsAtPeak),
    row('round trips a second, busiest hour', (month) => (month.databaseCalls / 30) * 0.2 / 3_600),
    row('new photos, GB', (month) => month.newPhotosGb),
    row('new documents, GB', (month) => month.newDataGb),
    row('index entries of a year, GB', (month) => month.indexGb),
    row('yuan, after a year of photos and data', yuanOf),
    row('… for one community', (month) => yuanOf(month) / scales[months.indexOf(month)]!),
  ].join('\n')
}

if (require.main === module) console.log(print())
