import * as z from 'zod'

/** 业主 · 家属 · 租户 */
export const relation = z.enum(['owner', 'family', 'tenant'])
/** 管理员 · 客服 · 维修 · 财务 · 保安 · 巡检 */
export const staffRole = z.enum(['manager', 'clerk', 'technician', 'cashier', 'guard', 'inspector'])
/** What a resident may do for a house: see its bills, pay them, invite visitors, report repairs. */
export const residentScope = z.enum(['bills', 'pay', 'invite', 'report'])

export type Relation = z.output<typeof relation>
export type StaffRole = z.output<typeof staffRole>
export type ResidentScope = z.output<typeof residentScope>
