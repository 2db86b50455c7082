import { shanghaiDay } from '../../cloudfunctions/_shared/clock'
import { announce, finish, settleWords, type Incident } from '../../cloudfunctions/incidents/incident'
import type { IncidentKind } from '../../cloudfunctions/incidents/contract'
import { planShift, type Shift } from '../../cloudfunctions/repairs/duty'
import { instantOf } from '../../cloudfunctions/repairs/sla'
import type { TownPeople } from './town-repairs'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const titles: [IncidentKind, string][] = [['water', '停水检修'], ['power', '停电检修'], ['elevator', '电梯年检'], ['gas', '燃气改造']]

/** An outage every fortnight of a year, of a few buildings or of all; the last one goes on. */
export const townIncidents = ({ communityId, clerk }: TownPeople, now: Date): Incident[] =>
  Array.from({ length: 26 }, (_, i) => {
    const at = new Date(now.getTime() - i * 14 * dayMs - 2 * hourMs)
    const [kind, title] = titles[i % titles.length]!
    const incidentId = `i-${communityId}-${i}`
    const incident = announce({
      incidentId, requestId: `${incidentId}-create`, kind, title, buildings: i % 3 === 0 ? null : [String((i % 20) + 1)], startsAt: at,
      expectedEndAt: new Date(at.getTime() + 6 * hourMs), note: '',
    }, clerk, at)
    return settleWords(i === 0 ? incident : finish(incident, { requestId: `${incidentId}-finish`, note: '' }, clerk, new Date(at.getTime() + 5 * hourMs)), 'passed')
  })

/** Today and for a week: two technicians by day, one by night, each in turn. */
export const townShifts = ({ communityId, manager, technicians }: TownPeople, now: Date): Shift[] =>
  Array.from({ length: 7 }, (_, day) => [['08:30', 9], ['08:30', 9], ['17:30', 15]].map(([from, hours], turn) => {
    const startsAt = instantOf(shanghaiDay(new Date(now.getTime() + day * dayMs)), String(from))
    const technician = technicians[(day * 3 + turn) % technicians.length]!.member
    return planShift({
      shiftId: `d-${communityId}-${day}-${turn}`, technician, startsAt, endsAt: new Date(startsAt.getTime() + Number(hours) * hourMs), categories: null, buildings: null,
    }, manager, startsAt)
  })).flat()
