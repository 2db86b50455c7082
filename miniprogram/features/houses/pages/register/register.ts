import type { HouseCard } from '../../../../../cloudfunctions/houses/contract'
import type { BuildingRow, OpenedCommunity } from '../../../../services/houses'
import { createBuilding, getCommunity, listBuildings, searchHouses } from '../../../../services/houses'
import { toast } from '../../../../support/ask'
import type { Tap, Told } from '../../../../support/events'
import { buildingPage, committeeRegisterPage, communityEditPage, houseImportPage, houseProfilePage, openPage } from '../../../../support/open-page'
import { asksWhenShown, notLoaded, refreshPage } from '../../../../support/refreshing'
import { calm, submit } from '../../../../support/submitting'
import type { BuildingForm } from '../../building-form'
import { labelOr, listEntrances, newBuilding } from '../../building-form'
import { exportNumbers, exportRegister, wholeNumbers } from '../../exporting'

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    community: null as OpenedCommunity['community'] | null,
    mayEdit: false,
    buildings: [] as BuildingRow[],
    houseCount: 0,
    text: '',
    found: null as HouseCard[] | null,
    form: null as BuildingForm | null,
    mayExportPhones: false,
    wholeNumbers,
    /** Why whole numbers are wanted; null while nobody wants them. */
    reason: null as string | null,
    ...calm,
  },

  async refresh() {
    await refreshPage(this, 'register', {
      load: () => Promise.all([getCommunity(), listBuildings()]),
      show: ([{ community, mayEdit, mayExportPhones }, { buildings }]) =>
        this.setData({ state: 'ready', community, mayEdit, mayExportPhones, buildings, houseCount: buildings.reduce((sum, one) => sum + one.houseCount, 0) }),
    })
  },

  onText(event: Told<{ value: string }>) {
    this.setData({ text: event.detail.value, ...(event.detail.value.trim() ? {} : { found: null }) })
  },
  async onSearch() {
    const { text } = this.data
    if (!text.trim()) return
    const reply = await submit(this, `search.${text}`, () => searchHouses(text), (refusal) => toast(refusal.message))
    if (reply) this.setData({ found: reply.houses })
  },
  onHouse(event: Tap<{ id: string }>) {
    openPage(houseProfilePage(event.currentTarget.dataset.id))
  },
  onBuilding(event: Tap<{ building: string }>) {
    openPage(buildingPage(event.currentTarget.dataset.building))
  },

  onCommunity() {
    openPage(communityEditPage())
  },
  onNewCommunity() {
    openPage(communityEditPage(true))
  },
  onImport() {
    openPage(houseImportPage())
  },
  onCommittee() {
    openPage(committeeRegisterPage())
  },
  async onExport() {
    const wanted = await exportRegister(this, { mayShowPhones: this.data.mayExportPhones })
    if (wanted === 'numbers') this.setData({ ...calm, reason: '' })
  },
  onReason(event: Told<{ value?: string; values?: string[] }>) {
    this.setData({ reason: event.detail.value ?? event.detail.values?.[0] ?? '' })
  },
  async onExportNumbers() {
    if (await exportNumbers(this, this.data.reason!)) this.setData({ reason: null })
  },

  onAdd() {
    this.setData({ ...calm, form: newBuilding() })
  },
  onClose() {
    this.setData({ form: null, reason: null })
  },
  onField(event: Told<{ name: string; value: string }>) {
    this.setData({ [`form.${event.detail.name}`]: event.detail.value })
  },
  async onSave() {
    const form = this.data.form!
    const building = form.building.trim()
    const reply = await submit(this, `building.${building}`, () => createBuilding({ building, label: labelOr(form), entrances: listEntrances(form.entrances) }))
    if (!reply) return
    this.setData({ form: null })
    void this.refresh()
  },
})
