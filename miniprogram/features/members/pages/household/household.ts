import type { House } from '../../../../../cloudfunctions/members/contract'
import { removePerson, withdrawInvitation } from '../../../../services/members'
import { toast } from '../../../../support/ask'
import type { Tap, Told } from '../../../../support/events'
import { applicationDetailPage, openPage } from '../../../../support/open-page'
import { joinerChoices, scopeChoices } from '../../../../support/people-view'
import { asksWhenShown, notLoaded, refreshPage } from '../../../../support/refreshing'
import { houses, selectHouse } from '../../../../support/session'
import { calm, submit } from '../../../../support/submitting'
import { isSureToLeave, isSureToRemove, isSureToUninvite, leave, openHousehold, savePerson } from '../../household-steps'
import type { HouseholdView, PersonForm } from '../../household-view'
import { formOf, newPerson, sayMine, viewHousehold, withRelation } from '../../household-view'

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    houses: [] as House[],
    houseId: '',
    label: '',
    /** Filled for somebody who is not an owner: the people of the house are then not theirs to see. */
    mine: '',
    household: null as HouseholdView | null,
    form: null as PersonForm | null,
    joinerChoices,
    scopeChoices,
    ...calm,
  },

  onLoad(query: { houseId?: string }) {
    this.setData({ houseId: query.houseId ?? '' })
  },

  async refresh() {
    await refreshPage(this, `household.${this.data.houseId}`, {
      load: () => openHousehold(this.data.houseId),
      show: ({ house, household }) =>
        this.setData({
          state: 'ready',
          houses: houses(),
          houseId: house?.houseId ?? '',
          label: house ? `${house.communityName} ${house.label}` : '',
          mine: house && !household ? sayMine(house) : '',
          household: household && viewHousehold(household),
        }),
    })
  },
  onHouse(event: Told<{ houseId: string }>) {
    selectHouse(event.detail.houseId)
    this.setData({ houseId: event.detail.houseId, state: 'loading', household: null })
    void this.refresh()
  },

  onAdd() {
    this.setData({ ...calm, form: newPerson() })
  },
  onPerson(event: Tap<{ index: number }>) {
    this.setData({ ...calm, form: formOf(this.data.household!.people[event.currentTarget.dataset.index]!) })
  },
  onClose() {
    this.setData({ form: null })
  },
  onField(event: Told<{ name: string; value: string }>) {
    this.setData({ [`form.${event.detail.name}`]: event.detail.value })
  },
  onRelation(event: Told<{ values: PersonForm['relation'][] }>) {
    this.setData({ form: withRelation(this.data.form!, event.detail.values[0]!) })
  },
  onScopes(event: Told<{ values: string[] }>) {
    this.setData({ 'form.scopes': event.detail.values })
  },

  async onSave() {
    const { form, houseId } = this.data
    const said = await submit(this, `person.${JSON.stringify(form)}`, (requestId) => savePerson(houseId, form!, requestId))
    if (!said) return
    this.setData({ form: null })
    toast(said)
    void this.refresh()
  },

  async onRemove() {
    const { memberId, name } = this.data.form!
    if (!(await isSureToRemove(name))) return
    const reply = await submit(this, `removePerson.${memberId}`, (requestId) => removePerson({ requestId, houseId: this.data.houseId, memberId }))
    if (reply) this.setData({ form: null })
    void this.refresh()
  },

  async onUninvite(event: Tap<{ id: string }>) {
    const invitationId = event.currentTarget.dataset.id
    if (!(await isSureToUninvite())) return
    await submit(this, `uninvite.${invitationId}`, (requestId) => withdrawInvitation({ requestId, invitationId }), (refusal) => toast(refusal.message))
    void this.refresh()
  },
  onApplication(event: Tap<{ id: string }>) {
    openPage(applicationDetailPage(event.currentTarget.dataset.id))
  },

  async onLeave() {
    const { houseId, label } = this.data
    if (!(await isSureToLeave(label))) return
    const left = await submit(this, `leave.${houseId}`, (requestId) => leave(houseId, requestId))
    if (left) openPage('pages/home/home')
  },
})
