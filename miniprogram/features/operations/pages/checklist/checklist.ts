import { asServiceError } from '../../../../services/cloud'
import { offerMessages } from '../../../../services/messages'
import type { Checked } from '../../../../services/operations'
import { confirmItem, proveItem, readChecklist } from '../../../../services/operations'
import { ask, toast } from '../../../../support/ask'
import type { Tap } from '../../../../support/events'
import { asksWhenShown, notLoaded, refreshPage } from '../../../../support/refreshing'
import type { ChecklistView } from '../../checklist-view'
import { viewChecklist } from '../../checklist-view'

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    view: null as ChecklistView | null,
    /** The item that is being tried: one at a time. */
    trying: '',
  },
  items: [] as Checked[],

  async refresh() {
    await refreshPage(this, 'operations.checklist', {
      load: readChecklist,
      show: ({ items }) => {
        this.items = items
        this.setData({ state: 'ready', view: viewChecklist(items, Date.now()) })
      },
    })
  },

  async onItem(event: Tap<{ item: Checked['item'] }>) {
    const { item } = event.currentTarget.dataset
    if (this.data.trying) return
    this.setData({ trying: item })
    try {
      const told = this.items.find((each) => each.item === item)?.kind === 'confirm' ? await this.confirm(item) : await this.prove(item)
      if (told) toast(told)
      await this.refresh()
    } catch (error) {
      toast(asServiceError(error).message)
    } finally {
      this.setData({ trying: '' })
    }
  },

  async prove(item: Checked['item']): Promise<string> {
    // WeChat asks only at a tap: before anything is awaited.
    if (item === 'templates') await offerMessages()
    return (await proveItem(item as Parameters<typeof proveItem>[0])).message
  },

  async confirm(item: Checked['item']): Promise<string> {
    const { title, advice } = this.items.find((each) => each.item === item)!
    if (!(await ask({ title: `「${title}」办好了吗？`, content: advice, confirm: '办好了', cancel: '还没有' }))) return ''
    await confirmItem(item as Parameters<typeof confirmItem>[0], '')
    return '记下了'
  },
})
