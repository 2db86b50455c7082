import { urlOf } from '../host/files'
import { createListeners } from './call'
import { loudly } from './loudly'

const HEARD = { Play: 'play', Pause: 'pause', Ended: 'ended', TimeUpdate: 'timeupdate', Canplay: 'canplay', Waiting: 'waiting' } as const

/** One sound: what is set on it, what it does, and what it tells. */
class InnerAudio {
  private readonly sound = new Audio()
  private address = ''
  private readonly stopped = createListeners<undefined>()
  private readonly failed = createListeners<{ errMsg: string; errCode: number }>()
  private ready: Promise<void> = Promise.resolve()

  constructor() {
    this.sound.addEventListener('error', () => this.sound.getAttribute('src') && this.fail('the sound cannot be played'))
    for (const [name, event] of Object.entries(HEARD)) {
      const heard = createListeners<undefined>()
      this.sound.addEventListener(event, () => heard.tell(undefined))
      Object.assign(this, { [`on${name}`]: heard.on, [`off${name}`]: heard.off })
    }
  }

  get src(): string {
    return this.address
  }
  set src(address: string) {
    this.address = address
    this.ready = urlOf(address).then(
      (url) => void (this.sound.src = url),
      (failure: unknown) => this.fail(failure instanceof Error ? failure.message : String(failure)),
    )
  }
  get duration(): number {
    return Number.isFinite(this.sound.duration) ? this.sound.duration : 0
  }
  get currentTime(): number {
    return this.sound.currentTime
  }
  get paused(): boolean {
    return this.sound.paused
  }
  set loop(isOn: boolean) {
    this.sound.loop = isOn
  }
  set obeyMuteSwitch(_isOn: boolean) {}

  onStop = this.stopped.on
  offStop = this.stopped.off
  onError = this.failed.on
  offError = this.failed.off

  play = (): void => void this.ready.then(() => this.sound.play()).catch((failure: unknown) => this.fail(String(failure)))
  pause = (): void => this.sound.pause()
  stop = (): void => {
    this.sound.pause()
    this.sound.currentTime = 0
    this.stopped.tell(undefined)
  }
  seek = (seconds: number): void => void (this.sound.currentTime = seconds)
  destroy = (): void => {
    this.sound.pause()
    this.sound.removeAttribute('src')
  }

  private fail(errMsg: string): void {
    this.failed.tell({ errMsg, errCode: 10_004 })
  }
}

export const createInnerAudioContext = (): object => loudly('InnerAudioContext', new InnerAudio() as unknown as Record<string, unknown>)
