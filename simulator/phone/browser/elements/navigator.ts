import { complain, describeFailure } from '../host/loud'
import { PhoneElement } from './phone-element'

type Go = (options: { url: string; delta?: number }) => Promise<unknown>

const WAYS: Record<string, string> = {
  navigate: 'navigateTo',
  redirect: 'redirectTo',
  switchTab: 'switchTab',
  reLaunch: 'reLaunch',
  navigateBack: 'navigateBack',
}

export class PhoneNavigator extends PhoneElement {
  override tapped(): boolean {
    const way = WAYS[this.text('openType', 'navigate')]
    const go = way && (wx as unknown as Record<string, Go>)[way]
    if (!go) complain(`<navigator open-type="${this.text('openType')}"> is not in this phone`)
    else
      go({ url: this.text('url'), delta: this.count('delta', 1) }).then(
        () => this.tell('success'),
        (failure: unknown) => complain(describeFailure(failure)),
      )
    return true
  }
}

declare const wx: unknown
