import { fontScale, isElder, onElderChange } from './elder'
import { brand, session } from './session'
import { brandVariables, defaultBrandColor } from './theme'

/** What every page's root wears: the brand's colours, how large text is, and whether everything is larger. */
type Look = { className: string; style: string }

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value))

export const currentLook = (): Look => {
  const scale = isElder() ? between(1, fontScale(), 1.6) : between(0.9, fontScale(), 1.4)
  return {
    className: isElder() ? 'page elder' : 'page',
    style: `--text-scale:${scale};${brandVariables(brand()?.color ?? defaultBrandColor)}`,
  }
}

export const onLookChange = (listener: () => void): (() => void) => {
  const stops = [onElderChange(listener), session.watch(listener)]
  return () => stops.forEach((stop) => stop())
}
