import { elementAt, glassEasel } from '../engine/engine'
import { urlOf } from '../host/files'
import { PhoneElement, within } from './phone-element'

const POSITIONS: Record<string, string> = {
  top: 'top', bottom: 'bottom', center: 'center', left: 'left', right: 'right',
  'top left': 'left top', 'top right': 'right top', 'bottom left': 'left bottom', 'bottom right': 'right bottom',
}
const FITS: Record<string, string> = { scaleToFill: 'fill', aspectFit: 'contain', aspectFill: 'cover', widthFix: 'fill', heightFix: 'fill' }

const HTML = `<style>
  :host { display: inline-block; width: 320px; height: 240px; overflow: hidden; }
  :host([mode=widthFix]) { height: auto !important; }
  :host([mode=heightFix]) { width: auto !important; }
  img { display: block; width: 100%; height: 100%; border-radius: inherit; -webkit-user-drag: none; }
  :host([mode=widthFix]) img { height: auto; }
  :host([mode=heightFix]) img { width: auto; }
  img[hidden] { display: none; }
</style><img alt="" hidden>`

export class PhoneImage extends PhoneElement {
  private readonly picture = within<HTMLImageElement>(this.shadow(HTML), 'img')
  private asked = ''

  constructor() {
    super()
    this.picture.addEventListener('load', () => {
      this.picture.hidden = false
      this.tell('load', { width: this.picture.naturalWidth, height: this.picture.naturalHeight })
    })
    this.picture.addEventListener('error', () => {
      if (this.picture.getAttribute('src')) this.fail('the picture cannot be shown')
    })
  }

  protected override update(name: string): void {
    if (name === 'mode') this.place(this.text('mode', 'scaleToFill'))
    else if (name === 'lazyLoad') this.picture.loading = this.flag('lazyLoad') ? 'lazy' : 'eager'
    else if (name === 'ariaLabel') this.picture.alt = this.text('ariaLabel')
    else if (name === 'src') this.load(this.text('src'))
  }

  private place(mode: string): void {
    this.picture.style.objectFit = FITS[mode] ?? 'none'
    this.picture.style.objectPosition = POSITIONS[mode] ?? 'center'
  }

  private load(src: string): void {
    this.asked = src
    if (!src) {
      this.picture.removeAttribute('src')
      this.picture.hidden = true
      return
    }
    // A hidden picture that loads lazily would never load.
    this.picture.hidden = false
    const owner = elementAt(this)?.ownerShadowRoot?.getHostNode()
    const from = owner && glassEasel.Component.isComponent(owner) ? owner.is : ''
    urlOf(src, from).then(
      (url) => {
        if (this.asked === src) this.picture.src = url
      },
      (failure: unknown) => this.fail(failure instanceof Error ? failure.message : String(failure)),
    )
  }

  private fail(errMsg: string): void {
    this.picture.hidden = true
    this.tell('error', { errMsg })
  }
}
