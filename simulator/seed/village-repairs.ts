import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Caller } from '../../cloudfunctions/_shared/caller'
import type { Vault } from '../../cloudfunctions/_shared/crypto'
import type { InboxRow } from '../../cloudfunctions/_shared/inbox'
import { tellingOf } from '../../cloudfunctions/repairs/repair-notices'
import type { RepairOrder } from '../../cloudfunctions/repairs/repair'
import { usualSettings } from '../../cloudfunctions/repairs/settings'
import { submit, type Submission } from '../../cloudfunctions/repairs/submit'
import { take, type StepDetails } from '../../cloudfunctions/repairs/take'
import type { Step } from '../../cloudfunctions/repairs/contract'
import { filePrefix } from '../cloud/platform'
import { memberOf, villagers } from './villagers'

type Told = Omit<Submission, 'repairId' | 'requestId' | 'houseId' | 'photos'> & {
  id: string
  by: string
  photos?: string[]
  /** Hours before now. */
  submittedHoursAgo: number
  /** step, who, hours before now, and what was said or shown */
  steps?: [Step, string, number, { note?: string; photos?: string[]; to?: string }?][]
}

/** Orders in every state, as they would have come about: each is made by the product's own rules. */
const stories: Told[] = [
  {
    id: 'r-village-tap', by: 'wang', category: 'plumbing', urgency: 'normal', submittedHoursAgo: 3, photos: ['tap', 'sink'],
    description: '厨房水龙头关不紧，一直滴水，下面的柜子已经湿了',
  },
  {
    id: 'r-village-lift', by: 'zhao', category: 'public_area', urgency: 'urgent', submittedHoursAgo: 0.5,
    description: '1号楼1单元电梯停在3楼，门开着不动，里面没有人',
  },
  {
    id: 'r-village-lamp', by: 'li', category: 'electrical', urgency: 'normal', submittedHoursAgo: 26, photos: ['lamp'],
    description: '客厅吸顶灯闪，换了灯泡还是闪',
    steps: [['assign', 'he', 25, { to: 'chen' }]],
  },
  {
    id: 'r-village-door', by: 'zhao', category: 'door_window', urgency: 'normal', submittedHoursAgo: 50, photos: ['lock'],
    description: '入户门锁转不动，钥匙要拧很多次才能开',
    steps: [['claim', 'chen', 49], ['start', 'chen', 2]],
  },
  {
    id: 'r-village-wall', by: 'wang', category: 'wall_floor', urgency: 'normal', submittedHoursAgo: 24 * 9, photos: ['wall'],
    description: '主卧靠窗的墙面渗水，下雨后起皮',
    steps: [
      ['assign', 'zhou', 24 * 9 - 2, { to: 'chen' }], ['start', 'chen', 24 * 8],
      ['complete', 'chen', 24 * 8 - 3, { note: '外墙裂缝已打胶，内墙干透后补刷，一周后再看', photos: ['wall-done'] }],
    ],
  },
  {
    id: 'r-village-bell', by: 'li', category: 'other', urgency: 'normal', submittedHoursAgo: 24 * 4,
    description: '门铃不响，可能是没电了',
    steps: [['cancel', 'li', 24 * 4 - 1, { note: '换了电池好了' }]],
  },
]

const hoursBefore = (now: Date, hours: number) => new Date(now.getTime() - hours * 3_600_000)

export const villageRepairs = (now: Date, vault: Vault) => {
  const callerOf = (key: string): Caller => {
    const villager = villagers.find((candidate) => candidate.key === key)!
    return { openid: villager.openid, member: memberOf(villager, vault), houses: villager.houses, post: villager.post }
  }
  const files = new Map<string, { path: string; content: Buffer; openid: string }>()
  const photo = (by: string) => (name: string): string => {
    const { openid } = callerOf(by)
    const filePath = `repairs/${vault.hash('upload', openid).slice(0, 24)}/village/${name}.svg`
    files.set(filePath, { path: filePath, openid, content: readFileSync(path.join(__dirname, 'photos', `${name}.svg`)) })
    return filePrefix + filePath
  }
  const inbox: InboxRow[] = []
  const tell = (order: RepairOrder, at: Date) => {
    for (const [index, notice] of tellingOf(order).notices.entries()) {
      const { audience } = notice
      const told = villagers.filter(({ key, houses, post }) =>
        audience.to === 'house' ? houses.some(({ houseId }) => houseId === audience.houseId)
        : audience.to === 'member' ? `m-${key}` === audience.memberId
        : audience.to === 'staff' && post !== null && audience.roles.includes(post.role))
      for (const { key } of told) {
        const fact = `notices_${order._id}_${order.version}_${index}`
        inbox.push({
          _id: `${fact}_m-${key}`, schema: 1, memberId: `m-${key}`, kind: notice.kind, title: notice.title, body: notice.body,
          page: notice.page, createdAt: at, orderKey: `${notice.at}_${fact}`, isRead: at < hoursBefore(now, 48), push: 'no_quota',
        })
      }
    }
  }
  const tellStory = ({ id, by, submittedHoursAgo, steps = [], photos = [], ...what }: Told): RepairOrder => {
    const resident = callerOf(by)
    const submittedAt = hoursBefore(now, submittedHoursAgo)
    let order = submit({ ...what, repairId: id, requestId: `${id}-submit`, houseId: resident.houses[0]!.houseId, photos: photos.map(photo(by)) }, resident, usualSettings, submittedAt)
    tell(order, submittedAt)
    for (const [step, who, hoursAgo, said = {}] of steps) {
      const to = said.to === undefined ? undefined : callerOf(said.to).member!
      const details: StepDetails = {
        requestId: `${id}-${step}`, note: said.note, photos: said.photos?.map(photo(who)),
        technician: to && { memberId: to._id, name: to.name },
      }
      order = take(order, step, details, callerOf(who), usualSettings, hoursBefore(now, hoursAgo))
      tell(order, hoursBefore(now, hoursAgo))
    }
    return { ...order, photos: order.photos.map((each) => ({ ...each, check: 'passed' })) }
  }
  const orders = stories.map(tellStory)
  return { orders, inbox, files: [...files.values()] }
}
