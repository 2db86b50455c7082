import { writeAudit } from '../_shared/audit'
import { lastBackup } from '../_shared/backups'
import { memberOf, type Caller } from '../_shared/caller'
import { minutes, shanghaiTime } from '../_shared/clock'
import { readConfiguration, type Configuration } from '../_shared/configuration'
import { checkText, scenes } from '../_shared/content-check'
import type { Input, Output } from '../_shared/contract'
import { counted } from '../_shared/invocation'
import { logLine } from '../_shared/log'
import { nameWithTitle } from '../_shared/masking'
import type { NoticeKind } from '../_shared/notice'
import { sendOnce } from '../_shared/notify'
import { askPay } from '../_shared/pay'
import { isRefusal, wordsOf } from '../_shared/pay-answer'
import { cloud } from '../_shared/platform'
import { takeTurn } from '../_shared/rate-limit'
import { speak, webhookOf } from '../_shared/robot'
import type { Situation } from '../_shared/serve'
import { temporaryUrls } from '../_shared/storage'
import { keyState } from '../_shared/vault'
import { checklistOf, noticeWords, sampleValues, templateComplaints, type Seen } from './checklist'
import type { OperationsContract } from './contract'
import * as repository from './repository'

type In<A extends keyof OperationsContract> = Required<Input<OperationsContract, A>>
type Out<A extends keyof OperationsContract> = Output<OperationsContract, A>

/** Each test asks WeChat, or speaks in a group. */
const testsAtOnce = { times: 20, perMs: minutes(10) }

const templatesInWords = ({ templates }: Configuration): string => {
  const missing = (Object.entries(noticeWords) as [NoticeKind, string][]).filter(([kind]) => !templates[kind]).map(([, word]) => word)
  return missing.length === 0 ? '都设置了' : `还没有：${missing.join('、')}`
}

const merchantInWords = ({ payments }: Configuration): string => {
  const merchantId = payments?.merchants.repair
  if (!merchantId) return '还没有设置商户号，住户只能线下缴费'
  return `商户号 …${merchantId.slice(-4)}，${payments.isOpen ? '在线缴费已开通' : '在线缴费已暂停'}`
}

const look = async (caller: Caller, now: Date): Promise<Seen> => {
  const [{ state }, backup, pushHour, webhook, configuration] = await Promise.all([
    keyState(), lastBackup(), repository.lastPushHour(), webhookOf(caller.post!.communityId), readConfiguration(caller.post!.communityId),
  ])
  return {
    first_manager: { provedAt: now },
    keys: { provedAt: state === 'ok' ? now : null },
    backup: { provedAt: backup?.finishedAt ?? null, configured: backup ? `最近一次 ${shanghaiTime(backup.finishedAt)}` : null },
    content_push: { provedAt: pushHour ? new Date(`${pushHour}:00:00+08:00`) : null },
    robot: { configured: webhook ? `已设置 …${webhook.slice(-4)}` : '还没有设置' },
    templates: { configured: templatesInWords(configuration) },
    merchant: { configured: merchantInWords(configuration) },
  }
}

export const checklist = async (_: object, { caller, now }: Situation): Promise<Out<'checklist'>> => {
  const [rows, seen] = await Promise.all([repository.readChecks(), look(caller, now)])
  return { items: checklistOf(rows, seen, now) }
}

/** Null: it worked. Otherwise what to do, in Chinese. */
type Proof = (situation: Situation) => Promise<string | null>

const codeOf = (error: unknown): number | null => (error as { errCode?: number }).errCode ?? null

const robot: Proof = async ({ caller, now }) => {
  const webhook = await webhookOf(caller.post!.communityId)
  if (!webhook) return '还没有设置群机器人，请到「品牌与联系方式」粘贴地址'
  try {
    await speak(webhook, `【测试】群机器人设置好了，${nameWithTitle(memberOf(caller).name, '管理员')} ${shanghaiTime(now)}`)
    return null
  } catch (error) {
    logLine({ event: 'robot_test_failed', error: (error as Error).message })
    return '企业微信没有收下这条消息：请核对机器人地址，看它有没有被移出群'
  }
}

const templates: Proof = async ({ caller, now }) => {
  const configured = Object.entries((await readConfiguration(caller.post!.communityId)).templates)
  if (configured.length === 0) return '还没有设置模板，请到「品牌与联系方式」填写模板编号'
  for (const [kind, template] of configured) {
    const [complaint] = templateComplaints(template)
    if (complaint) return `${noticeWords[kind as NoticeKind] ?? kind}：${complaint}`
  }
  const member = memberOf(caller)
  const allowed = configured.find(([, { templateId }]) => (member.quotas[templateId] ?? 0) > 0)
  if (!allowed) return '您还没有允许接收消息：先到「消息」页点允许，再回来试'
  const [kind, template] = allowed
  const push = await sendOnce(member, template, { kind: kind as NoticeKind, page: 'pages/inbox/inbox', values: sampleValues(template, now) })
  if (push === 'sent') return null
  return push === 'no_quota' ? '微信说您没有允许接收：先到「消息」页点允许，再回来试' : '微信没有收下：请核对模板编号和字段是否与公众平台一致'
}

const contentCheck: Proof = async ({ caller }) => {
  try {
    await checkText('物业通知：明天上午清洗水箱', caller.openid, scenes.profile)
    return null
  } catch (error) {
    return `微信内容安全接口没有通过（${codeOf(error) ?? '没有回应'}）：请重新上传云函数，或稍后再试`
  }
}

const invalidCode = 40029

/** Asked with a code that cannot be one: WeChat refuses the code, which costs nothing, or us, which is what we want to know. */
const phoneNumber: Proof = async () => {
  try {
    await counted(() => cloud.openapi.phonenumber!.getPhoneNumber!({ code: 'checking-the-permission-only' }))
    return null
  } catch (error) {
    return codeOf(error) === invalidCode ? null : `微信手机号接口没有通过（${codeOf(error) ?? '没有回应'}）：请看是否已认证、次数是否用完、云函数权限是否上传`
  }
}

const storage: Proof = async ({ now }) => {
  try {
    const { fileID } = await counted(() => cloud.uploadFile({ cloudPath: `checks/${now.getTime()}.txt`, fileContent: Buffer.from('linli') }))
    const urls = await temporaryUrls([fileID])
    await counted(() => cloud.deleteFile({ fileList: [fileID] }))
    return urls.has(fileID) ? null : '文件存下了，但拿不到地址：请在云开发控制台看云存储权限'
  } catch (error) {
    return `云存储没有收下文件（${codeOf(error) ?? '没有回应'}）：请看云开发是否欠费`
  }
}

/** Asked about an order that cannot be: a merchant that is ours says that there is none, and it costs nothing. */
const merchant: Proof = async ({ caller }) => {
  const merchantId = (await readConfiguration(caller.post!.communityId)).payments?.merchants.repair
  if (!merchantId) return '还没有设置商户号，请到「品牌与联系方式」填写'
  try {
    const answer = await askPay('queryOrder', merchantId, { outTradeNo: 'checking-the-permission-only' })
    return isRefusal(answer) && /不存在/.test(wordsOf(answer)) ? null : `微信支付没有认可这个商户号（${wordsOf(answer)}）：请核对号码，并在云开发控制台绑定、在商户平台授权`
  } catch (error) {
    logLine({ event: 'merchant_test_failed', error: String((error as Error).cause) })
    return '微信支付没有回应：请在云开发控制台绑定商户号，或稍后再试'
  }
}

const proofs: Record<In<'prove'>['item'], Proof> = { robot, templates, content_check: contentCheck, phone_number: phoneNumber, storage, merchant }

export const prove = async ({ item }: In<'prove'>, situation: Situation): Promise<Out<'prove'>> => {
  const { caller, now } = situation
  const { _id, name } = memberOf(caller)
  await takeTurn(`prove/${_id}`, testsAtOnce, now)
  const failure = await proofs[item](situation)
  await repository.saveCheck(failure === null
    ? { _id: item, provedAt: now, provedById: _id, provedByName: name, note: '' }
    : { _id: item, lastFailedAt: now, lastFailure: failure })
  return { isProved: failure === null, message: failure ?? '测试通过' }
}

export const confirm = async ({ item, note }: In<'confirm'>, { caller, now }: Situation): Promise<Out<'confirm'>> => {
  const { _id, name } = memberOf(caller)
  await writeAudit({ actorId: _id, action: 'operations.confirm', subjectId: item, communityId: caller.post!.communityId, at: now })
  await repository.saveCheck({ _id: item, provedAt: now, provedById: _id, provedByName: name, note })
  return { provedAt: now.toISOString() }
}
