import { fontSize } from '../host/settings'
import { complain } from '../host/loud'
import { PhoneElement } from './phone-element'

const DEFAULT_ROOT_FONT = '16px'

/** `page-meta`: what a template says about its page. Sizes hold for as long as the page is shown, see `applyPageMeta`. */
export class PhonePageMeta extends PhoneElement {
  connectedCallback(): void {
    this.apply()
  }

  protected override update(): void {
    this.apply()
  }

  apply(): void {
    const page = this.closest<HTMLElement>('wx-page')
    if (!page) return
    const size = (name: string): string => (this.text(name) === 'system' ? `${fontSize().fontSizeSetting}px` : this.text(name))
    page.style.cssText = this.text('pageStyle')
    if (this.text('pageFontSize')) page.style.fontSize = size('pageFontSize')
    page.dataset['rootFont'] = size('rootFontSize')
    if (!page.closest('[hidden]')) document.documentElement.style.fontSize = page.dataset['rootFont'] || DEFAULT_ROOT_FONT
  }
}

/** `rem` counts for the document, which all pages of the stack share. */
export const applyPageMeta = (page: HTMLElement): void => {
  page.querySelector<PhonePageMeta>('wx-page-meta')?.apply()
  document.documentElement.style.fontSize = page.dataset['rootFont'] || DEFAULT_ROOT_FONT
}

export class PhoneAbsent extends PhoneElement {
  connectedCallback(): void {
    this.textContent = '此组件不在这部手机里'
    complain('a package uses a built-in component that is not in this phone')
  }
}
