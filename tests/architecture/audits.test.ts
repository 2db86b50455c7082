import { filesUnder, read } from '../support/tree'

/** Where rows may go: what tells only who looked at whom, when its time is over (the retention job of members). */
const retention = 'cloudfunctions/members/repository.ts'
const changes = /\baudits\s*\.\s*(update|replace|remove|removeWhere)\b|\.(update|replace|remove)\s*\(\s*audits\b|collection(<[^>]*>)?\(\s*'audits'/g
const changesIn = (source: string): string[] => source.match(changes) ?? []

describe('what was done and seen', () => {
  it('cannot be edited or deleted by any function: rows are only added', () => {
    const found = filesUnder('cloudfunctions', /\.ts$/).flatMap((file) => changesIn(read(file)).map((change) => `${file}: ${change}`)).sort()
    expect(found).toEqual(["cloudfunctions/_shared/audit.ts: collection<AuditRow>('audits'", `${retention}: audits.removeWhere`])
  })

  it('goes with its time only: the one removal is asked for by the retention job, of rows about looking', () => {
    const callers = filesUnder('cloudfunctions', /\.ts$/).filter((file) => /\bforgetLooks\(/.test(read(file)))
    expect(callers).toEqual(['cloudfunctions/members/jobs.ts'])
  })

  it.each(['audits.update({ _id }, {})', 'transaction.replace(audits, row)', 'await transaction.remove(audits, _id)', "collection('audits')", 'audits.removeWhere({})'])(
    'the check finds %s', (source) => {
      expect(changesIn(source)).toHaveLength(1)
    },
  )
})
