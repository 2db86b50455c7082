import { complain } from '../host/loud'
import { askOpenType } from '../sheets/open-type'
import { type PhoneForm } from './form'
import { PhoneElement } from './phone-element'

export class PhoneButton extends PhoneElement {
  connectedCallback(): void {
    if (!this.hasAttribute('role')) this.setAttribute('role', 'button')
  }

  protected override update(name: string): void {
    if (name === 'disabled') this.setAttribute('aria-disabled', String(this.flag('disabled')))
  }

  override tapped(): boolean {
    if (this.flag('disabled')) return true
    const form = this.closest<PhoneForm>('wx-form')
    if (this.text('formType') === 'submit') form?.submit(this)
    if (this.text('formType') === 'reset') form?.reset()
    const openType = this.text('openType')
    if (openType) void this.open(openType)
    return true
  }

  private async open(openType: string): Promise<void> {
    const answer = await askOpenType(openType, this)
    if (answer === 'unknown') return complain(`<button open-type="${openType}"> is not in this phone`)
    if (answer) this.tell(answer.type, answer.detail)
  }
}
