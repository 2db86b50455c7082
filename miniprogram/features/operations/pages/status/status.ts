import { readStatus } from '../../../../services/operations'
import type { Tap } from '../../../../support/events'
import { openPage } from '../../../../support/open-page'
import { asksEveryMinute, notLoaded, refreshPage } from '../../../../support/refreshing'
import type { StatusView } from '../../status-view'
import { viewStatus } from '../../status-view'

const pages = 'features/operations/pages'
const places = [
  { page: `${pages}/checklist/checklist`, icon: 'task-checked', word: '上线清单', note: '该办的、该复查的，能测试的都能测' },
  { page: `${pages}/brand-form/brand-form`, icon: 'setting', word: '品牌与联系方式', note: '名称、颜色、电话、群机器人、消息模板' },
  { page: `${pages}/audit-list/audit-list`, icon: 'root-list', word: '操作记录', note: '谁看过电话、改过设置、审过住户' },
]

Page({
  ...asksEveryMinute,
  data: {
    places,
    ...notLoaded,
    view: null as StatusView | null,
    showsRefusals: false,
  },

  async refresh() {
    await refreshPage(this, 'operations.status', {
      load: readStatus,
      show: (status) => this.setData({ state: 'ready', view: viewStatus(status, Date.now()) }),
    })
  },

  onPlace(event: Tap<{ page: string }>) {
    openPage(event.currentTarget.dataset.page)
  },

  onRefusals() {
    this.setData({ showsRefusals: !this.data.showsRefusals })
  },
})
