import type { Category, Place, QuoteLine, Slot, Step, Urgency } from '../../cloudfunctions/repairs/contract'

/** What somebody said or showed with a step. */
export type Said = {
  note?: string
  photos?: string[]
  to?: string
  /** Days from now. */
  heldForDays?: number
  lines?: QuoteLine[]
  stars?: number
  tags?: string[]
}

export type Told = {
  id: string
  /** Whose phone it was; for a caller, the clerk. */
  by: string
  caller?: { name: string; maskedPhone: string | null }
  category: Category
  urgency: Urgency
  description: string
  place?: Place
  /** Hours of tomorrow. */
  slot?: (day: string) => Slot
  photos?: string[]
  /** Hours before now. */
  submittedHoursAgo: number
  /** step, who, hours before now, and what was said or shown */
  steps?: [Step, string, number, Said?][]
  /** who, hours before now, and the words */
  talk?: [string, number, string][]
  /** Neighbours who said 我也遇到. */
  followedBy?: string[]
  /** What WeChat's content check left to people: photos by name, what was said by its place in the talk. */
  doubted?: { photos?: string[]; said?: number[] }
}

const days = 24

/** Orders in every state, as they would have come about: each is made by the product's own rules. */
export const stories: Told[] = [
  {
    id: 'r-village-tap', by: 'wang', category: 'plumbing', urgency: 'normal', submittedHoursAgo: 3, photos: ['tap', 'sink'],
    description: '厨房水龙头关不紧，一直滴水，下面的柜子已经湿了', doubted: { photos: ['sink'] },
  },
  {
    id: 'r-village-lift', by: 'zhao', category: 'public_area', urgency: 'urgent', submittedHoursAgo: 0.5, place: { building: '1', spot: '1单元电梯' },
    description: '1号楼1单元电梯停在3楼，门开着不动，里面没有人',
  },
  {
    id: 'r-village-lamp', by: 'li', category: 'electrical', urgency: 'normal', submittedHoursAgo: 26, photos: ['lamp'],
    description: '客厅吸顶灯闪，换了灯泡还是闪', slot: (day) => ({ day, from: '17:30', to: '20:00' }),
    steps: [['assign', 'he', 25, { to: 'chen' }]],
    talk: [['chen', 24.5, '您好，后天下班后我过来看，家里几点有人？'], ['li', 24, '六点以后都在，麻烦您了']],
    doubted: { said: [1] },
  },
  {
    id: 'r-village-door', by: 'zhao', category: 'door_window', urgency: 'normal', submittedHoursAgo: 50, photos: ['lock'],
    description: '入户门锁转不动，钥匙要拧很多次才能开',
    steps: [['claim', 'chen', 49], ['arrive', 'chen', 2.2], ['start', 'chen', 2]],
  },
  {
    id: 'r-village-wall', by: 'wang', category: 'wall_floor', urgency: 'normal', submittedHoursAgo: 12 * days, photos: ['wall'],
    description: '主卧靠窗的墙面渗水，下雨后起皮',
    steps: [
      ['assign', 'zhou', 12 * days - 2, { to: 'chen' }], ['start', 'chen', 11 * days],
      ['quote', 'chen', 11 * days - 0.5, { note: '外墙裂缝打胶，内墙铲掉起皮再补刷', lines: [{ itemId: 'visit', quantity: 1 }, { name: '补刷内墙', unit: '㎡', kind: 'labour', priceFen: 2_500, quantity: 4 }] }],
      ['accept', 'wang', 11 * days - 1],
      ['complete', 'chen', 11 * days - 3, { note: '外墙裂缝已打胶，内墙干透后补刷，一周后再看', photos: ['wall-done'] }],
    ],
  },
  {
    id: 'r-village-bell', by: 'li', category: 'other', urgency: 'normal', submittedHoursAgo: 4 * days,
    description: '门铃不响，可能是没电了',
    steps: [['cancel', 'li', 4 * days - 1, { note: '换了电池好了' }]],
  },
  {
    id: 'r-village-tile', by: 'zhao', category: 'wall_floor', urgency: 'normal', submittedHoursAgo: 70,
    description: '卫生间门口的地砖空鼓，踩上去会响',
    steps: [['claim', 'chen', 69], ['start', 'chen', 46], ['hold', 'chen', 45, { note: '同色的地砖要订货', heldForDays: 3 }]],
  },
  {
    id: 'r-village-heater', by: 'zhao', category: 'appliance', urgency: 'normal', submittedHoursAgo: 28,
    description: '热水器烧不热，显示 E3',
    steps: [
      ['assign', 'zhou', 27, { to: 'chen' }], ['arrive', 'chen', 4.2], ['start', 'chen', 4],
      ['quote', 'chen', 3.5, { note: '加热管坏了，换一根', lines: [{ itemId: 'visit', quantity: 1 }, { itemId: 'heater-tube', quantity: 1 }] }],
    ],
  },
  {
    id: 'r-village-socket', by: 'zhao', category: 'electrical', urgency: 'normal', submittedHoursAgo: 30,
    description: '书房插座插上去没有电',
    steps: [['claim', 'chen', 29], ['start', 'chen', 22], ['complete', 'chen', 21, { note: '插座烧坏，已换新，免费', photos: ['wall-done'] }]],
  },
  {
    id: 'r-village-drain', by: 'zhao', category: 'plumbing', urgency: 'normal', submittedHoursAgo: 5 * days,
    description: '阳台地漏下水很慢，洗衣服的水会漫出来',
    steps: [
      ['claim', 'chen', 5 * days - 1], ['start', 'chen', 4 * days], ['complete', 'chen', 4 * days - 1, { note: '已疏通' }],
      ['reopen', 'zhao', 20, { note: '今天洗衣服又漫水了', photos: ['sink'] }],
    ],
  },
  {
    id: 'r-village-window', by: 'wang', category: 'door_window', urgency: 'normal', submittedHoursAgo: 20 * days,
    description: '次卧窗户关不严，刮风会响',
    steps: [
      ['claim', 'chen', 20 * days - 1], ['start', 'chen', 19 * days],
      ['quote', 'chen', 19 * days - 0.2, { note: '换密封条', lines: [{ itemId: 'visit', quantity: 1 }, { name: '密封条', unit: '米', kind: 'material', priceFen: 600, quantity: 5 }] }],
      ['accept', 'wang', 19 * days - 0.4], ['complete', 'chen', 19 * days - 1, { note: '换了密封条，调了合页' }],
      ['rate', 'wang', 19 * days - 5, { stars: 2, tags: ['来得慢'], note: '等了一天才来' }],
    ],
  },
  {
    id: 'r-village-hall', by: 'zhou', caller: { name: '周海燕', maskedPhone: '131****1062' }, category: 'public_area', urgency: 'normal', submittedHoursAgo: 8 * days,
    place: { building: '2', spot: '1单元门厅' }, description: '门厅的灯一个都不亮，晚上进出看不见台阶',
    steps: [['assign', 'he', 8 * days - 0.5, { to: 'chen' }]],
  },
  {
    id: 'r-village-gate', by: 'zhou', caller: { name: '巡检', maskedPhone: null }, category: 'public_area', urgency: 'normal', submittedHoursAgo: 5,
    place: { building: '3', spot: '2单元门' }, description: '2单元门关不上，闭门器漏油', followedBy: ['wang'],
    steps: [['claim', 'chen', 4.5]],
  },
]
