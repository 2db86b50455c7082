import { contentReviews, reviewIdOf, type Content } from '../_shared/content-review'
import { inTransaction } from '../_shared/db'
import { departedStaff, type Departed, type DescribeMember, type EraseMember } from '../_shared/departing'
import { followers } from '../_shared/follower'
import { command } from '../_shared/platform'
import { deleteFiles } from '../_shared/storage'
import { anonymous, anonymousTechnician, uploadsOf, withoutPerson } from './departed'
import { vacate } from './leaving'
import { listOfHouse, loadIn, messages, ordersNaming, repairs, revisits, saveIn, shifts, visitsOfTechnician } from './repository'
import { placeLabelOf } from './repair'
import { settleSeat } from './seats'
import { inWords } from './slot'

const atOnce = 100
const mostDescribed = 500

const eraseFromOrder = async (repairId: string, departed: Departed, now: Date): Promise<void> => {
  // First: what they had in hand goes to others as theirs, or nobody would be told.
  await vacate(repairId, departed.memberId, now)
  const [order, talk] = await Promise.all([repairs.get(repairId), messages.find({ repairId }, { limit: 1_000 })])
  const said = talk.filter(({ by }) => by.memberId === departed.memberId)
  const isResidents = ({ by }: (typeof said)[number]) => by.role === 'resident'
  const uploads = order ? uploadsOf(order, departed) : []
  const sent = said.filter(isResidents).flatMap(({ photo }) => (photo ? [photo.fileId] : []))
  // Before the order forgets them: a file that nothing names any more would stay for ever.
  await deleteFiles([...uploads, ...sent])
  const contents: Content[] = [
    ...(order?.contact.memberId === departed.memberId ? [null, ...uploads] : uploads).map((fileId) => ({ subject: { kind: 'repair', id: repairId }, fileId })),
    ...said.flatMap(({ _id: id, photo }) => [null, photo?.fileId].flatMap((fileId) => (fileId === undefined ? [] : [{ subject: { kind: 'repair_message', id }, fileId }]))),
  ]
  if (contents.length > 0) await contentReviews.removeWhere({ _id: command.in(contents.map(reviewIdOf)) })
  for (const message of said) {
    await messages.update({ _id: message._id }, { by: anonymous(message.by), ...(isResidents(message) && { photo: null }) })
  }
  // Last: an order that names them no more is not found again.
  await inTransaction(async (transaction) => {
    const repair = await loadIn(transaction, repairId)
    const next = repair && withoutPerson(repair, departed)
    if (next && next !== repair) await saveIn(transaction, await settleSeat(transaction, repair, next))
  })
}

/** Orders that an older release stored say whom they name only once they are rewritten; their house they always said. */
const eraseFromHouse = async (houseId: string, departed: Departed, now: Date): Promise<void> => {
  let cursor: string | undefined
  do {
    const { documents, nextCursor } = await listOfHouse(houseId, cursor, atOnce)
    for (const { _id } of documents) await eraseFromOrder(_id, departed, now)
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
}

/** A technician may have done thousands: a hundred at a time, each of which is not found again. */
export const eraseMember: EraseMember = async (departed, now) => {
  const { memberId, houseIds } = departed
  for (const houseId of houseIds) await eraseFromHouse(houseId, departed, now)
  await followers.update({ memberId }, { memberId: '' })
  await shifts.removeWhere({ memberId })
  await revisits.update({ technicianId: memberId }, { technicianId: anonymousTechnician.memberId, technicianName: anonymousTechnician.name })
  await revisits.update({ 'result.memberId': memberId }, { 'result.memberId': 'departed', 'result.name': departedStaff })
  const visits = await visitsOfTechnician(memberId, '', atOnce)
  for (const { repairId } of visits) await eraseFromOrder(repairId, departed, now)
  const orders = await ordersNaming(memberId, atOnce)
  for (const { _id } of orders) await eraseFromOrder(_id, departed, now)
  return orders.length < atOnce && visits.length < atOnce
}

export const describeMember: DescribeMember = async (memberId) => ({
  repairs: (await ordersNaming(memberId, mostDescribed)).filter(({ contact }) => contact.memberId === memberId).map((repair) => ({
    orderNo: repair.orderNo, place: placeLabelOf(repair), description: repair.description, status: repair.status, submittedAt: repair.submittedAt,
    visit: repair.slot && inWords(repair.slot), rating: repair.rating,
  })),
})
