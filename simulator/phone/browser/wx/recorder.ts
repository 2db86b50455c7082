import { keepFile } from '../host/files'
import { createListeners } from './call'
import { loudly } from './loudly'
import { requirePrivacy } from './privacy'

type Start = { duration?: number; format?: string }
type Stopped = { tempFilePath: string; duration: number; fileSize: number }

const USUAL_MS = 60_000

const listeners = {
  Start: createListeners<undefined>(),
  Stop: createListeners<Stopped>(),
  Error: createListeners<{ errMsg: string }>(),
  InterruptionBegin: createListeners<undefined>(),
  InterruptionEnd: createListeners<undefined>(),
}

let machine: MediaRecorder | undefined
/** What is being started while WeChat, or the browser, still asks for the microphone. */
let asking = 0

/** A machine without a microphone hums: something is then there to be stored and played. */
const hum = (): MediaStream => {
  const context = new AudioContext()
  const out = context.createMediaStreamDestination()
  const tone = context.createOscillator()
  tone.frequency.value = 220
  tone.connect(out)
  tone.start()
  return out.stream
}

const listen = async (): Promise<MediaStream> => {
  const asked = navigator.mediaDevices?.getUserMedia({ audio: true })
  return asked ? asked.catch(hum) : hum()
}

const start = async ({ duration = USUAL_MS, format = 'aac' }: Start): Promise<void> => {
  const turn = ++asking
  try {
    await requirePrivacy('RecorderManager.start')
    const sound = await listen()
    if (turn !== asking) return sound.getTracks().forEach((track) => track.stop())
    record(sound, duration, format)
  } catch (failure) {
    listeners.Error.tell({ errMsg: `operateRecorder:fail ${failure instanceof Error ? failure.message : String(failure)}` })
  }
}

const record = (sound: MediaStream, duration: number, format: string): void => {
  const parts: Blob[] = []
  const begun = Date.now()
  const recorder = new MediaRecorder(sound)
  const limit = setTimeout(() => stop(), duration)
  machine = recorder
  recorder.addEventListener('dataavailable', ({ data }) => void parts.push(data))
  recorder.addEventListener('start', () => listeners.Start.tell(undefined))
  recorder.addEventListener('stop', () => {
    clearTimeout(limit)
    sound.getTracks().forEach((track) => track.stop())
    // The browser records what it can; the file is named as it was asked for.
    const file = new File(parts, `voice.${format}`, { type: recorder.mimeType })
    listeners.Stop.tell({ tempFilePath: keepFile(file), duration: Date.now() - begun, fileSize: file.size })
  })
  recorder.start()
}

const stop = (): void => {
  asking++
  if (machine?.state === 'recording') machine.stop()
  machine = undefined
}

/** The phone's one recorder. */
export const recorder = loudly('RecorderManager', {
  start: (options: Start = {}) => void start(options),
  stop,
  ...Object.fromEntries(Object.entries(listeners).map(([name, { on }]) => [`on${name}`, on])),
  ...Object.fromEntries(Object.entries(listeners).map(([name, { off }]) => [`off${name}`, off])),
})
