// What the cloud answers in page tests, typed by the contracts so that a change there stops here.
import type { Output } from '../../cloudfunctions/_shared/contract'
import type { HomeContract } from '../../cloudfunctions/home/contract'
import type { HouseCard } from '../../cloudfunctions/houses/contract'
import type { House, OwnApplication, Person, Session, ShownApplication } from '../../cloudfunctions/members/contract'
import type { InboxMessage } from '../../cloudfunctions/messages/contract'
import type { RepairCard, RepairDetail, RepairsContract } from '../../cloudfunctions/repairs/contract'

export const aHouse: House = { houseId: 'h-501', communityId: 'c-1', communityName: '翠湖花园', label: '3号楼2单元501', relation: 'owner', scopes: ['bills', 'pay', 'invite', 'report'], endsOn: null }
export const anotherHouse: House = { houseId: 'h-101', communityId: 'c-1', communityName: '翠湖花园', label: '1号楼1单元101', relation: 'family', scopes: ['bills', 'pay', 'invite', 'report'], endsOn: null }

export const aSession = (change: Partial<Session> = {}): Session => ({
  member: { memberId: 'm-wang', name: '王建国', maskedPhone: '138****0001' },
  houses: [aHouse],
  post: null,
  posts: [],
  applications: [],
  privacy: { version: '2026-11', isAgreed: true },
  brand: { name: '翠湖物业', color: '#0A7A6C', logoUrl: null, servicePhone: '020-88880000', emergencyPhone: '020-88889999' },
  templateIds: ['template-progress'],
  quotaCount: 2,
  serverTime: '2026-05-03T06:30:00.000Z',
  ...change,
})

export const technicianPost = { role: 'technician' as const, communityId: 'c-1', communityName: '翠湖花园', buildings: null }
export const managerPost = { role: 'manager' as const, communityId: 'c-1', communityName: '翠湖花园', buildings: null }

export const aRepair = (change: Partial<RepairCard> = {}): RepairCard => ({
  repairId: 'r-1',
  status: 'assigned',
  urgency: 'normal',
  category: 'plumbing',
  description: '厨房水槽下面漏水\n关了总阀还在滴',
  houseLabel: '3号楼2单元501',
  submittedAt: '2026-05-03T06:30:00.000Z',
  photoCount: 2,
  assigneeName: '陈志强',
  orderNo: '260503-3F7K2',
  isPublicArea: false,
  waitsFor: 'technician',
  dueAt: null,
  isOverdue: false,
  escalation: null,
  slot: null,
  visit: null,
  heldUntil: null,
  hasUnread: false,
  reopenCount: 0,
  hasVideo: false,
  hasVoice: false,
  ...change,
})

export const aHome = (change: Partial<Output<HomeContract, 'open'>> = {}): Output<HomeContract, 'open'> => ({
  session: aSession(), house: aHouse, openRepairs: [], openRepairCount: 0, incidents: [], unreadCount: 0, desk: null, owed: null, ...change,
})

export const aForm = (change: Partial<Output<RepairsContract, 'prepare'>> = {}): Output<RepairsContract, 'prepare'> => ({
  houses: [{ houseId: 'h-501', label: '3号楼2单元501', communityName: '翠湖花园', building: '3' }],
  categories: ['plumbing', 'electrical', 'other'],
  limits: { photoCount: 9, descriptionLength: 500, noteLength: 200, messageLength: 300, spotLength: 40, videoSeconds: 30, voiceSeconds: 60 },
  uploadPrefix: 'repairs/m-wang',
  emergencyPhone: '020-88889999',
  spots: ['电梯', '楼道'],
  suggestions: [{ words: ['漏水'], category: 'plumbing', urgency: null }, { words: ['爆管'], category: null, urgency: 'urgent' }],
  ratingTags: ['来得快', '手艺好'],
  ...change,
})

export const anOpenedRepair = (change: Partial<RepairDetail> = {}, uploadPrefix: string | null = null): Output<RepairsContract, 'get'> => ({
  repair: {
    ...aRepair(),
    communityName: '翠湖花园',
    photos: [],
    timeline: [
      { at: '2026-05-03T06:30:00.000Z', step: 'submit', status: 'submitted', byName: '王建国', byRole: 'resident', assigneeName: null, note: '', photos: [], rescheduled: null },
    ],
    nextSteps: [],
    contact: null,
    source: 'resident',
    place: null,
    video: null,
    voice: null,
    quotation: null,
    charges: null,
    holdReason: null,
    arrivedAt: null,
    rating: null,
    reopenableUntil: null,
    closesAt: null,
    talk: null,
    followerCount: 0,
    isFollowing: false,
    mergedInto: null,
    ...change,
  },
  limits: { photoCount: 9, noteLength: 200, messageLength: 300 },
  uploadPrefix,
  ratingTags: ['来得快', '手艺好'],
  bills: [],
})

export const aQueue = (repairs: RepairCard[], counts = { waiting: repairs.length, working: 0 }): Output<RepairsContract, 'queue'> => ({
  repairs, nextCursor: null, counts,
})

export const aMessage = (change: Partial<InboxMessage> = {}): InboxMessage => ({
  messageId: 'n-1', title: '师傅已接单', body: '陈志强师傅已接单，等待上门', page: 'features/repairs/pages/repair-detail/repair-detail?repairId=r-1',
  at: '2026-05-03T06:30:00.000Z', isRead: false, ...change,
})

export const anOwnApplication = (change: Partial<OwnApplication> = {}): OwnApplication => ({
  applicationId: 'a-1', houseId: 'h-501', label: '3号楼2单元501', communityName: '翠湖花园', relation: 'tenant', status: 'pending', reason: null, ...change,
})

export const anApplication = (change: Partial<ShownApplication> = {}): ShownApplication => ({
  applicationId: 'a-1', communityName: '翠湖花园', houseId: 'h-501', label: '3号楼2单元501', relation: 'tenant', status: 'pending', name: '刘洋', maskedPhone: '139****0002',
  isPhoneVerified: true, note: '租到明年八月', submittedAt: '2026-05-03T06:30:00.000Z', reason: null, decidedByName: null, decidedAt: null, ...change,
})

export const aPerson = (change: Partial<Person> = {}): Person => ({
  memberId: 'm-li', name: '李明', maskedPhone: '139****0011', relation: 'tenant', scopes: ['invite', 'report'], endsOn: '2027-08-31', isMe: false, ...change,
})

export const aHouseCard = (change: Partial<HouseCard> = {}): HouseCard => ({
  houseId: 'h-501', building: '3', entrance: '2', roomNo: '501', label: '3号楼2单元501', areaSqm: 11866, version: 4, ...change,
})
