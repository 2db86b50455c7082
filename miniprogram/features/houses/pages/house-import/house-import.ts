import { asServiceError } from '../../../../services/cloud'
import { uploadFile } from '../../../../services/photos'
import type { ImportForm } from '../../../../services/house-import'
import { checkImport, discardImport, getImport, getImportReport, getImportTemplate, prepareImport, startImport } from '../../../../services/house-import'
import { toast } from '../../../../support/ask'
import { chooseSheet, openSheet } from '../../../../support/documents'
import type { Told } from '../../../../support/events'
import { asksWhenShown, notLoaded, refreshPage } from '../../../../support/refreshing'
import { calm, submit } from '../../../../support/submitting'
import type { ImportView } from '../../import-view'
import { beginning, startWord, unknownChoices, viewImport } from '../../import-view'
import { keepAdvancing, watchWhile } from '../../import-running'

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    form: null as ImportForm | null,
    current: null as ImportView | null,
    startWord: '',
    unknownBuildings: ['create'],
    unknownChoices,
    /** What is being done with the file now, in words. */
    doing: '',
    ...calm,
  },
  stopAdvancing: null as (() => void) | null,

  onHide() {
    this.stopAdvancing?.()
  },
  onUnload() {
    this.stopAdvancing?.()
  },

  async refresh() {
    await refreshPage(this, 'import', {
      load: async () => {
        const form = await prepareImport()
        return { form, opened: form.current ? await getImport(form.current.importId) : null }
      },
      show: ({ form, opened }) => {
        this.setData({ state: 'ready', form })
        if (opened) this.show(viewImport(opened.import))
      },
    })
  },

  /** While it runs and somebody watches, the page itself drives it on; nobody watching, the cloud does every minute. */
  show(current: ImportView) {
    this.draw(current)
    this.stopAdvancing?.()
    if (current.status !== 'running') return
    this.stopAdvancing = keepAdvancing(current.importId, {
      progress: (next) => this.draw(viewImport(next)), answer: (next) => this.show(viewImport(next)), refused: (refusal) => this.setData({ refusal }),
    })
  },
  draw(current: ImportView) {
    this.setData({ current, startWord: startWord(current) })
  },

  async onChoose() {
    if (this.data.isBusy || !this.data.form) return
    const { uploadPrefix, limits } = this.data.form
    const file = await chooseSheet(limits.fileBytes)
    if (typeof file === 'string') return this.setData({ refusal: file })
    this.setData({ doing: '正在上传', current: null })
    const reply = await submit(this, `check.${file.path}`, async (requestId) => {
      const fileId = await uploadFile(file.path, uploadPrefix, 'xlsx')
      this.setData({ doing: '正在检查每一行' })
      return checkImport({ requestId, fileId, createsBuildings: this.data.unknownBuildings.includes('create') })
    })
    this.setData({ doing: '' })
    if (reply) this.show(viewImport(reply.import))
  },
  onBuildings(event: Told<{ values: string[] }>) {
    this.setData({ unknownBuildings: event.detail.values })
  },

  async onStart() {
    const checked = this.data.current!
    const { importId, hasErrors } = checked
    const reply = await submit(this, `start.${importId}`, () => {
      this.draw(beginning(checked))
      return watchWhile(importId, startImport(importId, hasErrors), (next) => this.draw(viewImport(next)))
    })
    if (reply) this.show(viewImport(reply.import))
    else this.draw(checked)
  },
  async onDiscard() {
    const { importId } = this.data.current!
    if (await submit(this, `discard.${importId}`, () => discardImport(importId))) this.onAnother()
  },
  onAnother() {
    this.setData({ current: null, refusal: '' })
  },

  onTemplate() {
    void this.openMade(getImportTemplate)
  },
  onReport() {
    void this.openMade(() => getImportReport(this.data.current!.importId))
  },
  async openMade(make: () => Promise<{ url: string }>) {
    try {
      await openSheet((await make()).url)
    } catch (error) {
      toast(asServiceError(error).message)
    }
  },
})
