import { auditIn, audits } from '../_shared/audit'
import { memberOf, type Caller } from '../_shared/caller'
import { after, minutes } from '../_shared/clock'
import { companyId, configurations, forgetConfiguration, type Configuration } from '../_shared/configuration'
import type { Input, Output } from '../_shared/contract'
import { inTransaction } from '../_shared/db'
import { forbidden, invalid, notFound } from '../_shared/errors'
import type { Situation } from '../_shared/serve'
import { requireOwnFiles, uploadPrefix } from '../_shared/storage'
import { allCommunities } from '../houses/repository'
import { limits, type OperationsContract, type Scope } from './contract'
import * as repository from './repository'
import * as rules from './settings'

type In<A extends keyof OperationsContract> = Required<Input<OperationsContract, A>>
type Out<A extends keyof OperationsContract> = Output<OperationsContract, A>

/** Logos lie under public/, where everybody may see them. */
const logoFolder = 'public/brand'

const managesCompany = async (caller: Caller): Promise<boolean> =>
  rules.mayChangeCompany(memberOf(caller), (await allCommunities()).map(({ _id }) => _id))

/** Null: what concerns no community. Throws FORBIDDEN where the whole company is asked for by who manages a part of it. */
const placeOf = async (scope: Scope, caller: Caller): Promise<string | null> => {
  if (scope === 'community') return caller.post!.communityId
  if (!(await managesCompany(caller))) throw forbidden('全公司的设置和记录，只有管理所有小区的管理员能看和改')
  return null
}

const dayMs = minutes(24 * 60)
const beginOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`)

export const listAudits = async (input: Input<OperationsContract, 'audits'>, { caller }: Situation): Promise<Out<'audits'>> => {
  const { scope = 'community', actorId, action, subjectId, from, to, cursor } = input
  if (caller.post!.buildings !== null) throw forbidden('操作记录由负责全小区的管理员查看')
  const communityId = await placeOf(scope, caller)
  const where = { communityId, ...(actorId && { actorId }), ...(action && { action }), ...(subjectId && { subjectId }) }
  const upTo = to && after(beginOf(to), dayMs).toISOString()
  const [page, staff] = await Promise.all([
    repository.auditPage(where, cursor ?? upTo, limits.auditPageSize), repository.staffOf(caller.post!.communityId),
  ])
  const first = from ? beginOf(from).toISOString() : ''
  const rows = page.documents.filter(({ orderKey }) => orderKey >= first)
  const names = await repository.namesOf([...new Set(rows.map((row) => row.actorId))])
  return {
    audits: rows.map(({ _id, at, actorId: actor, action: done, subjectId: subject, before, after: fresh }) =>
      ({ auditId: _id, at: at.toISOString(), actorId: actor, actorName: names.get(actor) ?? null, action: done, subjectId: subject, before, after: fresh })),
    nextCursor: rows.length === page.documents.length ? page.nextCursor : null,
    staff: staff.map(({ _id, name }) => ({ memberId: _id, name })),
  }
}

export const settings = async ({ scope }: In<'settings'>, { caller }: Situation): Promise<Out<'settings'>> => {
  const id = scope === 'company' ? companyId : caller.post!.communityId
  const [configuration, mayChangeCompany] = await Promise.all([configurations.get(id), managesCompany(caller)])
  if (scope === 'company' && !mayChangeCompany) throw forbidden('全公司的设置和记录，只有管理所有小区的管理员能看和改')
  if (!configuration) throw notFound('份设置')
  return rules.settingsOf(configuration, { scope, mayChangeCompany, uploadPrefix: uploadPrefix(logoFolder, caller) })
}

type Saved = Out<'configure'>

/** Where a community's money goes is not for whoever looks after a part of it. */
const requireWhole = (communityId: string | null, { post }: Caller): void => {
  if (communityId === null) throw invalid({ payments: '商户号按小区设置，请先选「本小区」' })
  if (post!.buildings !== null) throw forbidden('收款设置由负责全小区的管理员修改')
}

export const configure = async (input: Input<OperationsContract, 'configure'>, { caller, now }: Situation): Promise<Saved> => {
  const { requestId, scope, ...change } = input
  const communityId = await placeOf(scope, caller)
  if (change.payments) requireWhole(communityId, caller)
  const [id, actorId] = [communityId ?? companyId, memberOf(caller)._id]
  const auditId = `configure_${actorId}_${requestId}`
  const done = await inTransaction(async (transaction): Promise<Saved> => {
    const before = await transaction.get(configurations, id)
    if (!before) throw notFound('份设置')
    // The same request again: what the first one did stands.
    if (await transaction.get(audits, auditId)) return saved(before, change.brand?.color)
    const logo = change.brand?.logoFileId
    if (logo && logo !== before.brand.logoFileId) requireOwnFiles([logo], logoFolder, caller)
    const configuration = rules.changed(before, change)
    await transaction.replace(configurations, configuration)
    await auditIn(transaction, {
      _id: auditId, actorId, action: 'operations.configure', subjectId: id, communityId, at: now, ...rules.differences(before, configuration),
    })
    return saved(configuration, change.brand?.color)
  })
  forgetConfiguration(id)
  return done
}

const saved = ({ version = 0, brand }: Configuration, chosen: string | undefined): Saved =>
  ({ version, color: brand.color, isColorCorrected: chosen !== undefined && chosen.toLowerCase() !== brand.color.toLowerCase() })
