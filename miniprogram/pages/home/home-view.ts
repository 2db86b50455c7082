import type { OpenedHome } from '../../services/home'
import type { OwnApplication } from '../../../cloudfunctions/members/contract'
import { partOfDay, sayDay } from '../../support/dates'
import { incidentWord } from '../../support/incident-words'
import { sayMoney } from '../../support/money'
import { billDetailPage, billListPage } from '../../support/open-page'
import { sayStatus } from '../../support/repair-view'

type Entry = { key: 'create' | 'bills' | 'list' | 'call' | 'inbox'; word: string; icon: string; badge: string }

const greet = (name: string | undefined, now: number): string => (name ? `${name}，${partOfDay(now)}` : partOfDay(now))

/** The sentence a person opens the app for. */
const sayHome = (opened: OpenedHome, now: number): string => {
  const [first] = opened.openRepairs
  if (first && opened.openRepairCount === 1) return sayStatus(first, now)
  const waiting = opened.openRepairs.filter(({ waitsFor }) => waitsFor === 'household').length
  if (first) return waiting > 0 ? `${opened.openRepairCount} 件报修，${waiting} 件等您处理` : `${opened.openRepairCount} 件报修正在处理`
  if (opened.owed && opened.owed.count > 0) return `有 ${opened.owed.count} 笔费用待缴`
  if (opened.house) return '家里没有待处理的事'
  return opened.session.post ? `今天在${opened.session.post.communityName}` : `欢迎来到${opened.session.brand.name}`
}

const quickEntries = (opened: OpenedHome): Entry[] => {
  const forHouse: Entry[] = opened.house
    ? [
        { key: 'create', word: '我要报修', icon: 'tools', badge: '' },
        ...(opened.house.scopes.includes('bills') ? [{ key: 'bills' as const, word: '账单', icon: 'bill', badge: '' }] : []),
        { key: 'list', word: '报修记录', icon: 'root-list', badge: '' },
      ]
    : []
  const inbox: Entry = { key: 'inbox', word: '消息', icon: 'notification', badge: opened.unreadCount > 0 ? String(opened.unreadCount) : '' }
  const call: Entry[] = opened.session.brand.servicePhone ? [{ key: 'call', word: '联系物业', icon: 'call', badge: '' }] : []
  // Four stand in a row; messages have a tab of their own.
  return [...forHouse, ...call, inbox].slice(0, 4)
}

/** What the house has to pay; nothing where nothing is owed, or may not be seen. */
const viewOwed = (owed: OpenedHome['owed'] | undefined) =>
  owed && owed.count > 0
    ? {
        amount: sayMoney(owed.amountFen),
        meta: owed.count > 1 ? `${owed.count} 笔待缴 · 去缴费` : '待缴 · 去支付',
        page: owed.billId ? billDetailPage(owed.billId) : billListPage(),
      }
    : null

/** What is going on at this house, in one line: 3号楼电梯故障，预计 今天 18:00 恢复. */
const viewIncidents = (incidents: OpenedHome['incidents'], now: number) =>
  incidents
    .filter(({ endedAt }) => endedAt === null)
    .map(({ incidentId, kind, title, startsAt, expectedEndAt }) => ({
      incidentId,
      icon: incidentWord(kind).icon,
      title,
      said: [
        Date.parse(startsAt) > now ? `${sayDay(startsAt, now)} 开始` : '',
        expectedEndAt ? `预计 ${sayDay(expectedEndAt, now)} 恢复` : '恢复时间待定',
      ].filter(Boolean).join('，'),
    }))

/** Somebody who asked for a house is told where that stands, never again how to begin. */
const viewApplication = (own: OwnApplication) => ({
  applicationId: own.applicationId,
  icon: own.status === 'pending' ? 'time' : 'error-circle',
  title: own.status === 'pending' ? `${own.label}的申请正在审核` : `${own.label}的申请没有通过`,
  meta: own.status === 'pending' ? '有结果会通知您' : `${own.reason ?? ''} · 去重新申请`,
})

export const viewHome = (opened: OpenedHome, now: number) => ({
  brandName: opened.session.brand.name,
  logoUrl: opened.session.brand.logoUrl ?? '',
  servicePhone: opened.session.brand.servicePhone,
  greeting: greet(opened.session.member?.name, now),
  sentence: sayHome(opened, now),
  houses: opened.session.houses,
  houseId: opened.house?.houseId ?? '',
  isStranger: !opened.house && !opened.session.post,
  needsHouse: !opened.house && !opened.session.post && opened.session.applications.length === 0,
  applications: opened.session.applications.map(viewApplication),
  repairs: opened.openRepairs,
  hasStanding: opened.openRepairCount > 1,
  owed: viewOwed(opened.owed),
  incidents: viewIncidents(opened.incidents, now),
  moreCount: Math.max(0, opened.openRepairCount - opened.openRepairs.length),
  entries: quickEntries(opened),
  desk: opened.desk,
})
export type HomeView = ReturnType<typeof viewHome>
