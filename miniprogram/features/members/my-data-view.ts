import type { DeletionPreview, MyData } from '../../services/account'
import { sayAudited } from '../../support/audit-words'
import { exactTime } from '../../support/dates'
import { sayPost, sayRelation } from '../../support/people-view'

/** What is kept about a person and why, in plain words; the same facts as privacy.json and the guideline WeChat shows. */
export const privacyWords = [
  { title: '我们记下什么', body: '您的姓名、手机号和房屋；您提交的申请、报修文字、照片、录音和视频。' },
  { title: '用来做什么', body: '知道哪一户要办什么，师傅上门时能联系到您。不做别的，也不给广告商或别的公司。' },
  { title: '谁能看到', body: '您和同住的家人能看到自家的事；物业里负责的客服和师傅能看到要办的事。手机号平时只显示前三后四位，谁看过完整号码都有记录。' },
  { title: '手机号怎么存', body: '加密存放在物业自己的云环境里。' },
  { title: '相机、相册、录音和文件', body: '只在您自己点的时候使用，只上传您选中的。' },
]

export const viewMyData = (mine: MyData) => ({
  name: mine.name,
  phone: mine.maskedPhone ?? '没有手机号',
  homes: [
    ...mine.houses.map((house) => `${house.communityName} ${house.label} · ${sayRelation(house.relation)}`),
    ...mine.posts.map((post) => `${post.communityName} · ${sayPost(post)}`),
  ],
  agreed: mine.privacy ? `${exactTime(mine.privacy.agreedAt)}同意了 ${mine.privacy.version} 版` : '还没有同意，或已经撤回',
  isAgreed: mine.privacy !== null,
  retention: mine.retention,
  looks: viewLooks(mine.looks),
})
export type MyDataView = ReturnType<typeof viewMyData>

export const viewLooks = (looks: MyData['looks']) =>
  looks.map((look, index) => ({ key: `${look.at}-${index}`, at: look.at, words: `${look.byName} ${sayAudited(look.action)}`, reason: look.reason ? `原因：${look.reason}` : '' }))

export const viewDeletion = (preview: DeletionPreview) => ({ ...preview, isPossible: preview.blockers.length === 0 })
export type DeletionView = ReturnType<typeof viewDeletion>
