import { createCommunity, getCommunity, updateCommunity } from '../../../../services/houses'
import { refreshSession } from '../../../../services/members'
import { toast } from '../../../../support/ask'
import type { Tap, Told } from '../../../../support/events'
import { asksAgain, notLoaded, refreshPage } from '../../../../support/refreshing'
import { calm, submit } from '../../../../support/submitting'

const emptyPhone = { label: '', phone: '' }

Page({
  ...asksAgain,
  data: {
    ...notLoaded,
    isNew: false,
    mayEdit: true,
    form: { name: '', address: '', servicePhones: [emptyPhone] },
    ...calm,
  },
  version: 0,

  onLoad(query: { isNew?: string }) {
    if (query.isNew) this.setData({ isNew: true, state: 'ready' })
    else void this.refresh()
  },
  /** Once: what somebody is writing is not overwritten when they come back from another app. */
  async refresh() {
    await refreshPage(this, 'community', {
      load: getCommunity,
      show: ({ community, mayEdit }) => {
        this.version = community.version
        const { name, address, servicePhones } = community
        this.setData({ state: 'ready', mayEdit, form: { name, address, servicePhones: servicePhones.length > 0 ? servicePhones : [emptyPhone] } })
      },
    })
  },

  onField(event: Told<{ name: string; value: string }>) {
    this.setData({ [`form.${event.detail.name}`]: event.detail.value })
  },
  onAddPhone() {
    this.setData({ 'form.servicePhones': [...this.data.form.servicePhones, emptyPhone] })
  },
  onDropPhone(event: Tap<{ index: number }>) {
    this.setData({ 'form.servicePhones': this.data.form.servicePhones.filter((_, index) => index !== event.currentTarget.dataset.index) })
  },

  async onSave() {
    const { form, isNew } = this.data
    const servicePhones = form.servicePhones.filter(({ label, phone }) => label.trim() || phone.trim())
    const fields = { name: form.name, address: form.address, servicePhones }
    const reply = isNew
      ? await submit(this, `createCommunity.${form.name}`, (requestId) => createCommunity({ requestId, ...fields }))
      : await submit(this, `community.${this.version}`, () => updateCommunity({ version: this.version, ...fields }))
    if (!reply) return
    await refreshSession().catch(() => undefined)
    toast(isNew ? '小区开好了，在「我的」里可以换过去' : '已保存')
    void wx.navigateBack()
  },
})
