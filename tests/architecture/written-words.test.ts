import { describeContracts } from '../../tools/described-contracts'
import { inRoot } from '../../tools/root'
import { shapeOf, type Shape } from '../releases/shape'

/**
 * Every action that takes words or files of somebody's own making, and what keeps them from strangers' eyes. checked: neighbours see them
 * after a content check (tests/repairs/review-function shows each kind held, passed and refused; of an incident, which waits for nothing, they
 * are told the buildings and the kind in our words until then: tests/incidents/incident-words-function). inside: nobody but the household, the
 * person and the staff ever sees them. company: published by staff, in the company's name. asked: looked up or compared, not kept.
 */
const kept: Record<'checked' | 'inside' | 'company' | 'asked', string> = {
  checked: `repairs.create repairs.createFor repairs.summarize repairs.reopen repairs.record repairs.complete repairs.sendMessage
    incidents.create incidents.update incidents.finish`,
  inside: `repairs.cancel repairs.decline repairs.rate repairs.transfer repairs.return repairs.hold repairs.quote repairs.reschedule repairs.prioritize
    repair-desk.recordRevisit members.apply members.reject members.addPerson members.transferHouse members.moveOut members.revealPhone members.inviteStaff
    houses.addToRoster houses.updateRoster house-import.check exports.residents exports.staff operations.confirm
    payments.record payments.waive payments.dismiss refunds.request refunds.approve refunds.reject refunds.payOut`,
  company: `houses.createCommunity houses.updateCommunity houses.createBuilding houses.updateBuilding
    houses.create houses.update houses.createCommitteeMember houses.updateCommitteeMember members.redeemSetupCode members.changeStaff
    repair-desk.saveShift operations.configure`,
  asked: 'houses.find houses.search repair-desk.list repair-desk.search repairs.visits repairs.similar operations.audits members.verifyPhone members.agreePrivacy',
}

const isWritten = ({ text }: Shape, name: string): boolean =>
  text !== null && text.values === null && name !== 'cursor' && (text.pattern === '' || text.pattern.includes('cloud:'))

const takesWords = (shape: Shape, name: string): boolean =>
  isWritten(shape, name) || (shape.list !== null && takesWords(shape.list.items, name)) ||
  shape.objects.some(({ fields }) => Object.entries(fields).some(([field, each]) => takesWords(each.shape, field)))

it('every action that takes words or files says what keeps them from strangers', () => {
  const taking = Object.entries(describeContracts(inRoot('cloudfunctions'))).flatMap(([name, actions]) =>
    Object.entries(actions).filter(([, { input }]) => takesWords(shapeOf(input), '')).map(([action]) => `${name}.${action}`))
  const known = Object.values(kept).flatMap((names) => names.trim().split(/\s+/))
  expect(known.filter((name, i) => known.indexOf(name) !== i)).toEqual([])
  expect(taking.filter((name) => !known.includes(name))).toEqual([])
  expect(known.filter((name) => !taking.includes(name))).toEqual([])
})
