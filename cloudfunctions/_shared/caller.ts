import { shanghaiDay } from './clock'
import { AppError } from './errors'
import { livesThere, members, type Member, type Post, type Residency } from './member'
import { cloud } from './platform'

/** Who is calling, as the platform says it. A person nobody has registered is a caller without a member. */
export type Caller = {
  openid: string
  member: Member | null
  /** Only houses the person belongs to today. */
  houses: Residency[]
  post: Post | null
}

/** The network address the platform saw the call come from; null where it names none. A whole building may share one. */
export const addressOfCall = (): string | null => {
  const { CLIENTIP, CLIENTIPV6 } = cloud.getWXContext()
  return CLIENTIP || CLIENTIPV6 || null
}

/** Reads the caller's identity from the platform and nowhere else; one round trip. Throws NOT_SIGNED_IN when a person is missing. */
export const identifyCaller = async (now: Date): Promise<Caller> => {
  const { OPENID } = cloud.getWXContext()
  if (!OPENID) throw new AppError('NOT_SIGNED_IN', '请在微信中打开本小程序')
  // The SDK turns an all-digit value into a number.
  const openid = String(OPENID)
  const member = await members.findOne({ openid })
  const today = shanghaiDay(now)
  return {
    openid,
    member,
    houses: member?.houses.filter((house) => livesThere(house, today)) ?? [],
    post: member?.post ?? null,
  }
}

/** The member behind an action whose audience is registered people only. */
export const memberOf = (caller: Caller): Member => {
  if (!caller.member) throw new AppError('FORBIDDEN', '请先绑定房屋，或联系物业登记')
  return caller.member
}
