import type { Shift } from '../../cloudfunctions/repairs/duty'
import { shanghaiDay } from '../../cloudfunctions/_shared/clock'
import { instantOf } from '../../cloudfunctions/repairs/sla'
import { announce, finish, settleWords, type Incident } from '../../cloudfunctions/incidents/incident'
import type { Caller } from '../../cloudfunctions/_shared/caller'
import type { Vault } from '../../cloudfunctions/_shared/crypto'
import { communityId, memberOf, villagers } from './villagers'

const hours = (now: Date, count: number) => new Date(now.getTime() + count * 3_600_000)

/** Building 2 will have no water tomorrow morning, and had no power last week; 陈师傅 is on duty today. */
/** Daytime of the days that a visit can be agreed on for; today and tomorrow are one long shift. */
const daysAhead = (today: string): Shift[] => [2, 3, 4, 5, 6].map((day) => ({
  _id: `d-village-chen-${day}`, schema: 1, communityId, memberId: 'm-chen', name: '陈师傅', categories: null, buildings: null,
  startsAt: hours(instantOf(today, '08:00'), 24 * day), endsAt: hours(instantOf(today, '20:30'), 24 * day),
}))

export const villageIncidents = (now: Date, vault: Vault): { incidents: Incident[]; duty_shifts: Shift[] } => {
  const zhou = villagers.find(({ key }) => key === 'zhou')!
  const clerk: Caller = { openid: zhou.openid, houses: zhou.houses, post: zhou.post, member: memberOf(zhou, vault) }
  const tomorrow = shanghaiDay(hours(now, 24))
  const water = announce({
    incidentId: 'i-village-water', requestId: 'i-village-water-create', kind: 'water', title: '2号楼停水检修', buildings: ['2'],
    startsAt: instantOf(tomorrow, '09:00'), expectedEndAt: instantOf(tomorrow, '12:00'), note: '更换加压泵阀门，请提前储水',
  }, clerk, hours(now, -5))
  const power = announce({
    incidentId: 'i-village-power', requestId: 'i-village-power-create', kind: 'power', title: '小区西侧停电', buildings: null,
    startsAt: hours(now, -170), expectedEndAt: hours(now, -166), note: '供电局抢修电缆',
  }, clerk, hours(now, -170))
  const today = shanghaiDay(now)
  return {
    incidents: [water, finish(power, { requestId: 'i-village-power-finish', note: '已恢复供电' }, clerk, hours(now, -165))].map((incident) => settleWords(incident, 'passed')),
    duty_shifts: [...daysAhead(today), {
      _id: 'd-village-chen', schema: 1, communityId, memberId: 'm-chen', name: '陈师傅', startsAt: instantOf(today, '00:00'),
      endsAt: hours(instantOf(today, '00:00'), 48), categories: null, buildings: null,
    }],
  }
}
