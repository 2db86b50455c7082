import type { Told } from '../../../../support/events'
import type { Photo } from '../../../../support/photos'
import { emptyMoney, type MoneyDraft, type MoneyErrors, type MoneyForm } from '../../money-forms'
import { counterMethods, routeWord } from '../../money-words'

/** What staff write down before money moves or is given up. Emits `write` with what changed, `submit` and `close`. */
Component({
  properties: {
    form: { type: Object, value: null as unknown as MoneyForm },
    draft: { type: Object, value: emptyMoney },
    errors: { type: Object, value: {} as MoneyErrors },
    most: { type: String, value: '' },
    /** By which ways it can be given back, the usual one first. */
    routes: { type: Array, value: [] as string[] },
    noteLength: { type: Number, value: 200 },
    photoCount: { type: Number, value: 3 },
    isBusy: { type: Boolean, value: false },
    refusal: { type: String, value: '' },
  },
  data: { methods: counterMethods, chips: [] as { key: string; word: string }[], ways: [] as { value: string; word: string }[], note: '' },
  observers: {
    routes(routes: string[]) {
      this.setData({ ways: routes.map((value) => ({ value, word: routeWord(value) })) })
    },
    /** What is typed from then on lives in the textarea. */
    form(form: MoneyForm | null) {
      if (form) this.setData({ chips: form.chips.map((word) => ({ key: word, word })), note: (this.data.draft as MoneyDraft).note })
    },
  },
  methods: {
    onRoute(event: Told<{ values: MoneyDraft['route'][] }>) {
      this.write({ route: event.detail.values[0]! })
    },
    write(change: Partial<MoneyDraft>) {
      if (!this.data.isBusy) this.triggerEvent('write', change)
    },
    onMethod(event: Told<{ values: MoneyDraft['method'][] }>) {
      this.write({ method: event.detail.values[0]! })
    },
    onField(event: Told<{ name: 'payerName' | 'amount'; value: string }>) {
      this.write({ [event.detail.name]: event.detail.value })
    },
    /** A usual reason is written, not only chosen: it can be added to. */
    onChip(event: Told<{ key: string }>) {
      this.setData({ note: event.detail.key })
      this.write({ note: event.detail.key })
    },
    onNote(event: Told<{ value: string }>) {
      this.write({ note: event.detail.value })
    },
    onPhotos(event: Told<{ photos: Photo[] }>) {
      this.write(event.detail)
    },
    onSubmit() {
      this.triggerEvent('submit')
    },
    onClose() {
      if (!this.data.isBusy) this.triggerEvent('close')
    },
  },
})
