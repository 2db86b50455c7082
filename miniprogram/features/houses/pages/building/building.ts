import type { HouseCard } from '../../../../../cloudfunctions/houses/contract'
import type { BuildingRow } from '../../../../services/houses'
import { createHouse, listBuildings, listHouses, updateBuilding } from '../../../../services/houses'
import type { Tap, Told } from '../../../../support/events'
import { houseProfilePage, openPage } from '../../../../support/open-page'
import { asksWhenShown, loadMore, notLoaded, refreshPage } from '../../../../support/refreshing'
import { calm, submit } from '../../../../support/submitting'
import type { BuildingForm } from '../../building-form'
import { labelOr, listEntrances } from '../../building-form'
import { exportRegister } from '../../exporting'
import type { HouseForm } from '../../house-form'
import { byEntrance, houseFields, newHouse, wrongArea } from '../../house-form'

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    building: null as BuildingRow | null,
    entranceChoices: [] as { value: string; word: string }[],
    groups: [] as ReturnType<typeof byEntrance>,
    isLoadingMore: false,
    house: null as HouseForm | null,
    form: null as BuildingForm | null,
    ...calm,
  },
  nextCursor: null as string | null,
  name: '',
  houses: [] as HouseCard[],

  onLoad(query: { building?: string }) {
    this.name = decodeURIComponent(query.building ?? '')
  },
  async refresh() {
    await refreshPage(this, `building.${this.name}`, {
      load: () => Promise.all([listBuildings(), listHouses(this.name)]),
      show: ([{ buildings }, { houses, nextCursor }]) => {
        const building = buildings.find((one) => one.building === this.name) ?? null
        this.nextCursor = nextCursor
        this.add(houses, true)
        this.setData({ state: 'ready', building, entranceChoices: (building?.entrances ?? []).map((entrance) => ({ value: entrance, word: `${entrance}单元` })) })
        if (building) void wx.setNavigationBarTitle({ title: building.label })
      },
    })
  },
  add(houses: HouseCard[], isFirst = false) {
    this.houses = isFirst ? houses : [...this.houses, ...houses]
    this.setData({ groups: byEntrance(this.houses) })
  },
  async onReachBottom() {
    await loadMore(this, (cursor) => listHouses(this.name, cursor), ({ houses }) => this.add(houses))
  },
  onHouse(event: Tap<{ id: string }>) {
    openPage(houseProfilePage(event.currentTarget.dataset.id))
  },

  /** What is on this screen, as a sheet. */
  onExport() {
    void exportRegister(this, { building: this.name, mayShowPhones: false })
  },
  onAdd() {
    this.setData({ ...calm, house: newHouse(this.data.building?.entrances[0] ?? '') })
  },
  onEdit() {
    const { building, label, entrances, version } = this.data.building!
    this.setData({ ...calm, form: { building, label, entrances: entrances.join('、'), version } })
  },
  onClose() {
    this.setData({ house: null, form: null })
  },
  onHouseField(event: Told<{ name: string; value: string }>) {
    this.setData({ [`house.${event.detail.name}`]: event.detail.value })
  },
  onEntrance(event: Told<{ values: string[] }>) {
    this.setData({ 'house.entrance': event.detail.values[0]! })
  },
  onField(event: Told<{ name: string; value: string }>) {
    this.setData({ [`form.${event.detail.name}`]: event.detail.value })
  },

  async onSaveHouse() {
    const house = this.data.house!
    const errors = wrongArea(house)
    if (errors.areaSqm) return this.setData({ errors })
    this.saved(await submit(this, `house.${JSON.stringify(house)}`, () => createHouse({ building: this.name, ...houseFields(house) })))
  },
  async onSave() {
    const form = this.data.form!
    const { building, version } = form
    this.saved(await submit(this, `building.${JSON.stringify(form)}`, () => updateBuilding({ building, version, label: labelOr(form), entrances: listEntrances(form.entrances) })))
  },
  saved(reply: unknown) {
    if (!reply) return
    this.onClose()
    void this.refresh()
  },
})
