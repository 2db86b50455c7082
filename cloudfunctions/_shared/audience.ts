import type { Caller } from './caller'
import type { StaffRole } from './roles'

/** Who may call an action. Belonging to the very house or order is the rule's business; this is the first gate. */
export type Audience = { name: string; admits: (caller: Caller) => boolean; refusal: string }

/** Anybody who opened the mini-program in WeChat, registered or not. */
export const anyone: Audience = { name: 'anyone', admits: () => true, refusal: '' }

/** Anybody the company has on file, also when their lease or their post has ended. */
export const registered: Audience = {
  name: 'registered',
  admits: (caller) => caller.member !== null,
  refusal: '请先绑定房屋，或联系物业登记',
}

export const resident: Audience = {
  name: 'resident',
  admits: (caller) => caller.houses.length > 0,
  refusal: '请先绑定房屋，或联系物业登记',
}

/** Somebody with a house of their own; which house is the rule's business. */
export const owner: Audience = {
  name: 'owner',
  admits: (caller) => caller.houses.some(({ relation }) => relation === 'owner'),
  refusal: '家人和租户由业主管理，请联系这套房屋的业主',
}

export const staff = (...roles: StaffRole[]): Audience => ({
  name: roles.join(' or '),
  admits: (caller) => caller.post !== null && roles.includes(caller.post.role),
  refusal: '您没有这项工作的权限，如需开通请联系管理员',
})

export const either = (first: Audience, second: Audience): Audience => ({
  name: `${first.name} or ${second.name}`,
  admits: (caller) => first.admits(caller) || second.admits(caller),
  refusal: first.refusal,
})
