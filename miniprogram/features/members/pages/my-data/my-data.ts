import { deleteAccount, exportMyData, getMyData, previewDeletion } from '../../../../services/account'
import { asServiceError } from '../../../../services/cloud'
import { withdrawPrivacy } from '../../../../services/members'
import { ask, toast } from '../../../../support/ask'
import { keepText, sendFile } from '../../../../support/documents'
import { asksWhenShown, loadMore, notLoaded, refreshPage } from '../../../../support/refreshing'
import { forgetPerson } from '../../../../support/session'
import { calm, submit } from '../../../../support/submitting'
import type { DeletionView, MyDataView } from '../../my-data-view'
import { privacyWords, viewDeletion, viewLooks, viewMyData } from '../../my-data-view'

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    mine: null as MyDataView | null,
    privacyWords,
    isLoadingMore: false,
    /** The file made of everything about this person, ready to be sent on. */
    exported: null as { filePath: string; fileName: string } | null,
    deletion: null as DeletionView | null,
    ...calm,
  },
  nextCursor: null as string | null,

  async refresh() {
    await refreshPage(this, 'myData', {
      load: getMyData,
      show: (mine) => {
        this.nextCursor = mine.nextCursor
        this.setData({ state: 'ready', mine: viewMyData(mine) })
      },
    })
  },
  async onReachBottom() {
    await loadMore(this, getMyData, ({ looks }) => this.setData({ 'mine.looks': [...this.data.mine!.looks, ...viewLooks(looks)] }))
  },

  onGuide() {
    void wx.openPrivacyContract({})
  },

  async onWithdraw() {
    const content = '以后要用手机号、相机或文件时会再问您。已经提交的报修和绑定的房屋不受影响；要全部删除请注销账号。'
    if (!(await ask({ title: '撤回隐私同意？', content, confirm: '撤回', cancel: '不撤回' }))) return
    await submit(this, 'withdrawPrivacy', withdrawPrivacy, (refusal) => toast(refusal.message))
    void this.refresh()
  },

  async onExport() {
    if (this.data.exported) return sendFile(this.data.exported)
    const made = await submit(this, 'exportMyData', exportMyData, (refusal) => toast(refusal.message))
    if (made) this.setData({ exported: { filePath: await keepText(made.fileName, made.json), fileName: made.fileName } })
  },

  async onDelete() {
    try {
      this.setData({ ...calm, deletion: viewDeletion(await previewDeletion()) })
    } catch (error) {
      toast(asServiceError(error).message)
    }
  },
  onClose() {
    this.setData({ deletion: null })
  },
  async onConfirmDelete() {
    if (!this.data.deletion!.isPossible) return this.onClose()
    if (!(await ask({ title: '真的要注销吗？', content: '注销后不能恢复。再用邻里要重新绑定房屋。', confirm: '注销', cancel: '不注销' }))) return
    const reply = await submit(this, 'deleteAccount', deleteAccount)
    if (!reply) return
    forgetPerson()
    void wx.reLaunch({ url: '/pages/home/home' })
    toast(reply.isFinished ? '账号已注销' : '账号已停用，几分钟内删完')
  },
})
