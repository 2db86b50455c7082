import type { DescribeMember, EraseMember } from '../_shared/departing'
import { inbox } from '../_shared/inbox'

const mostMessages = 500

export const eraseMember: EraseMember = async ({ memberId }) => {
  await inbox.removeWhere({ memberId })
  return true
}

export const describeMember: DescribeMember = async (memberId) => ({
  messages: (await inbox.find({ memberId }, { sort: { orderKey: 'desc' }, limit: mostMessages })).map(({ title, body, createdAt }) => ({ title, body, createdAt })),
})
