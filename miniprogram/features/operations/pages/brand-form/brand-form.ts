import { refreshSession } from '../../../../services/members'
import type { Settings } from '../../../../services/operations'
import { configure, readSettings } from '../../../../services/operations'
import { asServiceError } from '../../../../services/cloud'
import { uploadPhotos } from '../../../../services/photos'
import { toast } from '../../../../support/ask'
import { afterLoad } from '../../../../support/cached'
import type { Tap, Told } from '../../../../support/events'
import { choosePhotos } from '../../../../support/photos'
import { notLoaded } from '../../../../support/refreshing'
import { closeIntention, requestIdFor } from '../../../../support/request-id'
import type { Draft } from '../../settings-view'
import { brandFields, changesOf, collectingChips, draftOf, planFields, swatches } from '../../settings-view'

type Typed = Told<{ value: string }> & Tap<{ field: string }>

Page({
  data: {
    ...notLoaded,
    scope: 'community' as Settings['scope'],
    scopes: [{ key: 'community', word: '本小区' }, { key: 'company', word: '全公司' }],
    settings: null as Settings | null,
    draft: null as Draft | null,
    isChanged: false,
    errors: {} as Record<string, string>,
    note: '',
    isSaving: false,
    swatches,
    brandFields,
    collectingChips,
    planFields,
  },

  onLoad() {
    void this.load()
  },

  async load() {
    try {
      const settings = await readSettings(this.data.scope)
      this.setData({ state: 'ready', settings, draft: draftOf(settings), isChanged: false, errors: {}, failure: '' })
    } catch (error) {
      this.setData(afterLoad(asServiceError(error), 'loading'))
    }
  },

  onRetry() {
    this.setData({ state: 'loading' })
    void this.load()
  },

  onScope(event: Told<{ key: Settings['scope'] }>) {
    this.setData({ scope: event.detail.key, state: 'loading', note: '' })
    void this.load()
  },

  change(part: Partial<Draft>) {
    const draft = { ...this.data.draft!, ...part }
    this.setData({ draft, isChanged: Object.keys(changesOf(draft, this.data.settings!)).length > 0, note: '' })
  },
  onField(event: Typed) {
    this.change({ [event.currentTarget.dataset.field]: event.detail.value })
  },
  onTemplate(event: Typed) {
    this.change({ templateIds: { ...this.data.draft!.templateIds, [event.currentTarget.dataset.field]: event.detail.value } })
  },
  onPlan(event: Typed) {
    this.change({ plan: { ...this.data.draft!.plan, [event.currentTarget.dataset.field]: event.detail.value } })
  },
  onCollecting(event: Told<{ key: 'open' | 'paused' }>) {
    this.change({ isCollecting: event.detail.key === 'open' })
  },
  onSwatch(event: Tap<{ color: string }>) {
    this.change({ color: event.currentTarget.dataset.color })
  },

  async onLogo() {
    const [chosen] = await choosePhotos(1)
    if (!chosen) return
    const [photo] = await uploadPhotos([chosen], this.data.settings!.uploadPrefix, () => undefined)
    if (photo?.state === 'stored') this.change({ logoFileId: photo.fileId })
    else toast('标志没有传上去，请再选一次')
  },

  async onSave() {
    const { draft, settings, isSaving } = this.data
    if (!draft || !settings || isSaving) return
    const changes = changesOf(draft, settings)
    const intention = `configure ${settings.scope} ${settings.version} ${JSON.stringify(changes)}`
    this.setData({ isSaving: true, errors: {} })
    try {
      const { isColorCorrected } = await configure({ requestId: requestIdFor(intention), scope: settings.scope, version: settings.version, ...changes })
      closeIntention(intention)
      await this.load()
      this.setData({ note: isColorCorrected ? '保存好了。这种颜色上的白字看不清，已经自动调深' : '保存好了，住户一分钟内看到' })
      await refreshSession().catch(() => undefined)
    } catch (error) {
      const { message, fields } = asServiceError(error)
      this.setData({ errors: Object.fromEntries(Object.entries(fields).map(([field, words]) => [field.split('.').pop()!, words])) })
      toast(message)
    } finally {
      this.setData({ isSaving: false })
    }
  },
})
