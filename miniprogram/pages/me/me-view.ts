import type { Session } from '../../../cloudfunctions/members/contract'
import { applicationListPage, committeePage, directoryPage, householdPage, houseBindPage, myDataPage, registerPage, staffListPage, statusPage } from '../../support/open-page'
import { sayRelation } from '../../support/people-view'

type Row = { page: string; icon: string; word: string; meta: string }

const applications: Row = { page: applicationListPage(), icon: 'user-checked', word: '住户审核', meta: '谁在申请绑定房屋' }
const register: Row = { page: registerPage(), icon: 'city', word: '小区与房屋', meta: '楼栋、住户档案、Excel 导入' }
const staff: Row = { page: staffListPage(), icon: 'usergroup', word: '员工', meta: '邀请、岗位、负责的楼栋' }
const operations: Row = { page: statusPage(), icon: 'setting', word: '运行与设置', meta: '系统是否正常、操作记录、品牌' }
/** What each role looks for; the server judges every one of these again. */
const tools: Record<string, Row[]> = { manager: [applications, register, staff, operations], clerk: [applications, register] }

const bindRow = (session: Session): Row => {
  const pending = session.applications.find(({ status }) => status === 'pending')
  const rejected = session.applications.find(({ status }) => status === 'rejected')
  const meta = pending ? `${pending.label}的申请正在审核` : rejected ? `${rejected.label}的申请没有通过，去看看` : '微信手机号一键绑定，不需要身份证'
  return { page: houseBindPage(), icon: 'add-circle', word: session.houses.length > 0 ? '再绑定一套房屋' : '绑定房屋', meta }
}

export const viewMe = (session: Session) => ({
  name: session.member?.name || '您还没有登记',
  phone: session.member?.maskedPhone ?? '',
  logoUrl: session.brand.logoUrl ?? '',
  brandName: session.brand.name,
  posts: session.posts.length === 0 && session.post ? [session.post] : session.posts,
  communityId: session.post?.communityId ?? '',
  homes: session.houses.map((house) => ({
    page: householdPage(house.houseId), icon: 'home', word: `${house.communityName} ${house.label}`, meta: `${sayRelation(house.relation)} · 家人与租客`,
  })),
  bind: bindRow(session),
  needsHouse: session.houses.length === 0 && !session.post,
  tools: session.post ? tools[session.post.role] ?? [] : [],
  neighbourhood: [
    ...(session.houses[0] ? [{ page: committeePage(session.houses[0].communityId), icon: 'usergroup', word: '业主委员会', meta: '' }] : []),
    { page: directoryPage(), icon: 'call', word: '物业电话', meta: '' },
  ] as Row[],
  data: { page: myDataPage(), icon: 'secured', word: '我的数据', meta: '我们记下什么、谁看过，导出和注销' },
})
export type MeView = ReturnType<typeof viewMe>
