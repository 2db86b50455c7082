import { openHome } from '../../services/home'
import { dial } from '../../support/ask'
import { forgetCopy } from '../../support/cached'
import { isElder, isElderSuggested, setElder } from '../../support/elder'
import type { Tap, Told } from '../../support/events'
import { billListPage, directoryPage, houseBindPage, incidentListPage, openPage, repairCreatePage, repairDetailPage, repairListPage } from '../../support/open-page'
import { asksAgain, notLoaded, refreshPage } from '../../support/refreshing'
import { selectedHouse, selectHouse } from '../../support/session'
import type { HomeView } from './home-view'
import { viewHome } from './home-view'

Page({
  ...asksAgain,
  data: {
    ...notLoaded,
    home: null as HomeView | null,
    isElder: false,
    isElderSuggested: false,
  },

  onShow() {
    this.getTabBar?.()?.setData({ selected: 'pages/home/home' })
    this.setData({ isElder: isElder(), isElderSuggested: isElderSuggested() })
    void this.refresh()
  },

  async refresh() {
    await refreshPage(this, 'home', {
      load: () => openHome(selectedHouse()?.houseId ?? null),
      show: (opened) => {
        this.setData({ home: viewHome(opened, Date.now()), state: 'ready' })
        void wx.setNavigationBarTitle({ title: opened.session.brand.name })
      },
    })
  },

  onHouse(event: Told<{ houseId: string }>) {
    selectHouse(event.detail.houseId)
    // The copy is of the other house: better the outline of a page than somebody else's repairs.
    forgetCopy('home')
    this.setData({ state: 'loading', home: null })
    void this.refresh()
  },

  onEntry(event: Tap<{ key: string }>) {
    const { key } = event.currentTarget.dataset
    if (key === 'create') openPage(repairCreatePage())
    if (key === 'bills') openPage(billListPage())
    if (key === 'list') openPage(repairListPage())
    if (key === 'inbox') openPage('pages/inbox/inbox')
    if (key === 'call') this.onCall()
  },

  onCall() {
    if (this.data.home) dial(this.data.home.servicePhone)
  },

  onBind() {
    openPage(houseBindPage())
  },

  onDirectory() {
    openPage(directoryPage())
  },

  onRepair(event: Told<{ repairId: string }>) {
    openPage(repairDetailPage(event.detail.repairId))
  },

  onPage(event: Tap<{ page: string }>) {
    openPage(event.currentTarget.dataset.page)
  },

  onIncidents() {
    openPage(incidentListPage())
  },

  onList() {
    openPage(repairListPage())
  },

  onDesk() {
    openPage('pages/desk/desk')
  },

  onElder(event: Told<{ value: boolean }>) {
    setElder(event.detail.value)
    this.setData({ isElder: event.detail.value, isElderSuggested: false })
  },
})
