import { parseArgs } from 'node:util'
import { runKillRounds } from '../cloud/kill-rounds'

const roundOf = (violation: string): string => violation.slice(0, violation.indexOf(':'))

/** Kills the process that holds the database, again and again, and looks at what it left. A cell is a round. */
export const run = async (args: string[]): Promise<{ cells: number; wrong: number }> => {
  const rounds = Number(parseArgs({ args, options: { rounds: { type: 'string', default: '200' } } }).values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number of rounds')
  const { acknowledged, wrong } = await runKillRounds(rounds)
  for (const violation of wrong) process.stdout.write(`${violation}\n`)
  process.stdout.write(`${acknowledged} commits acknowledged before ${rounds} kills\n`)
  return { cells: rounds, wrong: new Set(wrong.map(roundOf)).size }
}
