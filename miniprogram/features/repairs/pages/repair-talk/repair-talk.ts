import { asServiceError } from '../../../../services/cloud'
import { ensureSession } from '../../../../services/members'
import type { Talk } from '../../../../services/repairs'
import { markTalkRead, readTalk } from '../../../../services/repairs'
import { afterLoad } from '../../../../support/cached'
import { readDraft, saveDraft } from '../../../../support/drafts'
import type { Told } from '../../../../support/events'
import { choosePhotos } from '../../../../support/photos'
import { asksAgain, notLoaded } from '../../../../support/refreshing'
import { closeIntention, requestIdFor } from '../../../../support/request-id'
import { whileVisible } from '../../../../support/while-visible'
import { sendWords, viewTalk, type TalkRow } from '../../talking'

const often = 3_000
const seldom = 60_000
/** For how long after one's own message an answer is waited for. */
const waiting = 120_000

Page({
  data: {
    ...notLoaded,
    rows: [] as TalkRow[],
    canWrite: false,
    closed: '',
    text: '',
    isSending: false,
    refusal: '',
  },
  repairId: '',
  uploadPrefix: '',
  spokeAt: 0,
  newest: '',
  stop: null as (() => void) | null,

  onLoad(query) {
    this.repairId = query.repairId ?? ''
    this.setData({ text: readDraft<string>(`talk.${this.repairId}`) ?? '' })
  },
  onShow() {
    void this.refresh()
    this.stop = whileVisible(() => (Date.now() - this.spokeAt < waiting ? often : seldom), () => void this.refresh())
  },
  onHide() {
    this.stop?.()
  },
  onUnload() {
    this.stop?.()
  },

  async refresh() {
    try {
      const [talk] = await Promise.all([readTalk(this.repairId), ensureSession()])
      this.show(talk)
    } catch (error) {
      this.setData(afterLoad(asServiceError(error), this.data.state))
    }
  },
  show(talk: Talk) {
    this.uploadPrefix = talk.uploadPrefix ?? ''
    this.setData({ ...afterLoad(null, 'ready'), ...viewTalk(talk, Date.now()) })
    const [newest] = talk.messages
    if (!newest || newest.messageId === this.newest) return
    this.newest = newest.messageId
    void wx.pageScrollTo({ scrollTop: 1_000_000, duration: 150 })
    if (!newest.isMine) void markTalkRead(this.repairId).catch(() => undefined)
  },
  onRetry: asksAgain.onRetry,

  onText(event: Told<{ value: string }>) {
    this.setData({ text: event.detail.value })
    saveDraft(`talk.${this.repairId}`, event.detail.value)
  },
  async onPhoto() {
    const [photo] = await choosePhotos(1)
    if (photo) await this.send('', [photo])
  },
  async onSend() {
    const text = this.data.text.trim()
    if (text) await this.send(text, [])
  },

  async send(text: string, photos: Awaited<ReturnType<typeof choosePhotos>>) {
    if (this.data.isSending) return
    this.setData({ isSending: true, refusal: '' })
    const intention = `talk.${this.repairId}.${text || photos[0]!.path}`
    try {
      await sendWords({ repairId: this.repairId, requestId: requestIdFor(intention), text, photos, uploadPrefix: this.uploadPrefix })
      closeIntention(intention)
      this.spokeAt = Date.now()
      if (text) this.onText({ detail: { value: '' } })
      await this.refresh()
    } catch (error) {
      this.setData({ refusal: asServiceError(error).message })
    }
    this.setData({ isSending: false })
  },
})
