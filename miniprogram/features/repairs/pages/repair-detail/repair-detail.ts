import type { Step } from '../../../../../cloudfunctions/repairs/contract'
import { asServiceError } from '../../../../services/cloud'
import { ensureSession } from '../../../../services/members'
import type { Photo } from '../../../../support/photos'
import { getRepair } from '../../../../services/repairs'
import { afterLoad, type LoadState } from '../../../../support/cached'
import type { Tap, Told } from '../../../../support/events'
import { beforeRetry } from '../../../../support/refreshing'
import { everyMinute } from '../../../../support/while-visible'
import type { Completion } from '../../completion'
import { completeRun, keepCompletion, restoreCompletion } from '../../completion'
import { assignRun, callResident, loadTechnicians, mayCancel, noTechnicians, simpleRun, takeStep } from '../../step-taking'
import { type DetailView, mayBeExpired, viewDetail } from './detail-view'

Page({
  data: {
    state: 'loading' as LoadState,
    failure: '',
    staleNote: '',
    news: '',
    view: null as DetailView | null,
    sheet: '' as '' | 'assign' | 'complete',
    busyStep: '' as Step | '',
    refusal: '',
    noteError: '',
    ...noTechnicians,
    note: '',
    photos: [] as Photo[],
  },
  repairId: '',
  loadedAt: 0,
  completion: { note: '', photos: [] } as Completion,
  stopRefreshing: null as (() => void) | null,

  onLoad(query) {
    this.repairId = query.repairId ?? ''
    this.completion = restoreCompletion(this.repairId)
    this.setData({ news: query.isNew ? '报修已提交，有进展会马上告诉您' : '', ...this.completion })
  },
  onShow() {
    void this.refresh()
    this.stopRefreshing = everyMinute(() => void this.refresh())
  },
  onHide() {
    this.stopRefreshing?.()
  },
  onUnload() {
    this.stopRefreshing?.()
  },
  async onPullDownRefresh() {
    await this.refresh()
    void wx.stopPullDownRefresh()
  },

  async refresh() {
    try {
      const [opened] = await Promise.all([getRepair(this.repairId), ensureSession()])
      this.setData({ view: viewDetail(opened), ...(this.loadedAt > 0 && { news: '' }), ...afterLoad(null, 'ready') })
      this.loadedAt = Date.now()
    } catch (error) {
      this.setData(afterLoad(asServiceError(error), this.data.state))
    }
  },
  onRetry() {
    this.setData(beforeRetry(this.data.state))
    void this.refresh()
  },
  onExpired() {
    if (mayBeExpired(this.loadedAt, Date.now())) void this.refresh()
  },

  async onStep(event: Tap<{ step: Step }>) {
    const { step } = event.currentTarget.dataset
    if (step === 'assign') return this.openAssign()
    if (step === 'complete') return this.setData({ sheet: 'complete', refusal: '' })
    if (step === 'cancel' && !(await mayCancel())) return
    await this.take(step, step, () => simpleRun(step, this.repairId))
  },

  /** One step at a time. Afterwards, or when somebody else was quicker, the page shows what is true now. */
  async take(step: Step, intention: string, prepare: () => (requestId: string) => Promise<unknown>) {
    if (this.data.busyStep) return
    this.setData({ busyStep: step, refusal: '', noteError: '' })
    const { isTaken, isOutOfDate, refusal, noteError } = await takeStep(`${this.repairId}.${intention}`, prepare())
    if (isOutOfDate) await this.refresh()
    this.setData({ busyStep: '', refusal, noteError, ...(isTaken ? { news: '' } : {}), ...(isOutOfDate ? { sheet: '' } : {}) })
  },

  async openAssign() {
    this.setData({ sheet: 'assign', refusal: '', ...noTechnicians })
    this.setData(await loadTechnicians())
  },
  onTechnician(event: Told<{ technicianId: string }>) {
    const { technicianId } = event.detail
    return this.take('assign', `assign.${technicianId}`, () => assignRun(this.repairId, technicianId))
  },

  onWrite(event: Told<Partial<Completion>>) {
    this.keep({ ...this.completion, ...event.detail })
  },
  keep(completion: Completion) {
    this.completion = completion
    keepCompletion(this.repairId, completion)
    this.setData({ photos: completion.photos, noteError: '' })
  },
  onComplete() {
    if (!this.completion.note.trim()) return this.setData({ noteError: '请写下做了什么' })
    const { repairId, completion } = this
    const uploadPrefix = this.data.view!.uploadPrefix
    const onPhotos = (photos: Photo[]): void => this.keep({ ...completion, photos })
    return this.take('complete', 'complete', () => completeRun(completion, { repairId, uploadPrefix, onPhotos }))
  },

  onSheetClose() {
    this.setData({ sheet: '', refusal: '' })
  },
  onCall() {
    return callResident(this.repairId)
  },
})
