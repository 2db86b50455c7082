import { createSignal } from './signal'
import { recall, remember } from './storage'

const key = 'elder'
// WeChat's own large-type mode is 1.4; from here on a person has made text larger on purpose.
const suggestedFrom = 1.25

const chosen = createSignal<boolean | null>(recall<boolean>(key))

/** WeChat's font setting: 1 is standard, about 1.6 the largest. */
export const fontScale = (): number => {
  const { fontSizeScaleFactor } = wx.getAppBaseInfo()
  return typeof fontSizeScaleFactor === 'number' && fontSizeScaleFactor > 0 ? fontSizeScaleFactor : 1
}

export const isElder = (): boolean => chosen.get() ?? false

/** Somebody who reads WeChat in large type and has not said no is asked once, on the home page, in a line that can be ignored. */
export const isElderSuggested = (): boolean => chosen.get() === null && fontScale() >= suggestedFrom

export const setElder = (isOn: boolean): void => {
  remember(key, isOn)
  chosen.set(isOn)
}

export const onElderChange = (listener: () => void): (() => void) => chosen.watch(listener)
