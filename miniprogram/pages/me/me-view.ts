import type { Relation, Session } from '../../../cloudfunctions/members/contract'
import { staffWord } from '../../support/repair-words'

const relationWords: Record<Relation, string> = { owner: '业主', family: '家属', tenant: '租户' }

export const viewMe = (session: Session) => ({
  name: session.member?.name ?? '您还没有登记',
  phone: session.member?.maskedPhone ?? '',
  post: session.post ? `${session.post.communityName} · ${staffWord(session.post.role)}` : '',
  houses: session.houses.map((house) => ({
    houseId: house.houseId,
    label: `${house.communityName} ${house.label}`,
    relation: relationWords[house.relation] ?? '住户',
  })),
  needsHouse: session.houses.length === 0 && !session.post,
  servicePhone: session.brand.servicePhone,
  isManager: session.post?.role === 'manager',
})
export type MeView = ReturnType<typeof viewMe>

/** What is kept about a person and why, in plain words; the same facts as privacy.json and the guideline WeChat shows. */
export const privacyWords = [
  { title: '我们记下什么', body: '您的姓名、手机号和房屋，由物业登记；您提交的报修文字和照片。' },
  { title: '用来做什么', body: '知道哪一户要修什么，师傅上门时能联系到您。不做别的，也不给广告商或别的公司。' },
  { title: '谁能看到', body: '您和同住的家人能看到自家的报修；物业里负责的客服和师傅能看到要修的单。手机号平时只显示前三后四位，谁看过完整号码都有记录。' },
  { title: '手机号怎么存', body: '加密存放在物业自己的云环境里。' },
  { title: '相机和相册', body: '只在您自己点「添加照片」时使用，只上传您选中的那几张。' },
  { title: '想更正或删除', body: '请打物业电话，报上房号和姓名就能办理。' },
]
