import type { Finding } from '../_shared/findings'
import { postKey, type Member } from '../_shared/member'
import type { Application } from './application'
import { limits } from './contract'
import type { Invitation } from './invitation'

/** What there is of what documents name. `houses`: id → its community; `rows`: id → the house it is about. */
export type Known = { houses: Map<string, string>; communities: Set<string>; rows: Map<string, string>; members: Map<string, Member> }

const found = (subjectId: string, problems: (string | false)[]): Finding[] =>
  [...new Set(problems.filter((problem) => problem !== false))].map((problem) => ({ subjectId, problem }))

const sorted = (texts: string[]): string => JSON.stringify([...texts].sort())
const hasTwice = (ids: string[]): boolean => new Set(ids).size < ids.length

export const faultsOfMember = ({ _id, houses, posts, post, postKeys, applications }: Member, known: Known): Finding[] => found(_id, [
  ...houses.flatMap(({ houseId, communityId, rosterId }) => [
    !known.houses.has(houseId) && 'residency_without_house',
    known.houses.has(houseId) && known.houses.get(houseId) !== communityId && 'residency_in_wrong_community',
    // The row may be gone: whoever came in with it stays. One of another house would let somebody in there.
    rosterId !== null && known.rows.has(rosterId) && known.rows.get(rosterId) !== houseId && 'residency_with_row_of_another_house',
  ]),
  hasTwice(houses.map(({ houseId }) => houseId)) && 'two_residencies_in_one_house',
  ...posts.map(({ communityId }) => !known.communities.has(communityId) && 'post_without_community'),
  hasTwice(posts.map(({ communityId }) => communityId)) && 'two_posts_in_one_community',
  post !== null && !posts.some(({ communityId, role }) => communityId === post.communityId && role === post.role) && 'works_at_a_post_not_held',
  sorted(postKeys) !== sorted(posts.map(({ communityId, role }) => postKey(communityId, role))) && 'post_keys_differ_from_posts',
  (houses.length > limits.housesPerPerson || applications.length > limits.housesPerPerson) && 'list_too_long',
])

export const faultsOfRow = ({ _id, houseId }: { _id: string; houseId: string }, known: Known): Finding[] =>
  found(_id, [!known.houses.has(houseId) && 'roster_row_without_house'])

export const faultsOfApplication = ({ _id, houseId, memberId, status }: Application, known: Known): Finding[] => {
  const applicant = known.members.get(memberId)
  return found(_id, [
    // What was decided is history: its house may have gone since.
    status === 'pending' && !known.houses.has(houseId) && 'pending_application_without_house',
    !applicant && 'application_without_applicant',
    status === 'pending' && !applicant?.applications.some(({ applicationId }) => applicationId === _id) && 'pending_application_unknown_to_applicant',
  ])
}

export const faultsOfInvitation = ({ _id, houseId, communityId, invitedById }: Invitation, known: Known): Finding[] => found(_id, [
  houseId !== null && !known.houses.has(houseId) && 'invitation_without_house',
  !known.communities.has(communityId) && 'invitation_without_community',
  !known.members.has(invitedById) && 'invitation_by_nobody',
])
