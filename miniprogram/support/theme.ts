/** Red, green, blue, each 0–255. */
type Rgb = readonly [number, number, number]

const white: Rgb = [255, 255, 255]
const black: Rgb = [0, 0, 0]
/** Cards in the dark: TDesign's gray 13. */
const darkCard: Rgb = [36, 36, 36]

export const defaultBrandColor = '#0A7A6C'

const parse = (hex: string): Rgb | null => {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex)
  return match ? [parseInt(match[1]!, 16), parseInt(match[2]!, 16), parseInt(match[3]!, 16)] : null
}
const format = (colour: Rgb): string => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
const mix = (colour: Rgb, other: Rgb, share: number): Rgb =>
  [0, 1, 2].map((i) => colour[i]! * (1 - share) + other[i]! * share) as unknown as Rgb

const luminance = (colour: Rgb): number => {
  const [r, g, b] = colour.map((part) => {
    const value = part / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const contrastOf = (a: Rgb, b: Rgb): number => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** WCAG contrast of two #RRGGBB colours, 1–21. */
export const contrast = (a: string, b: string): number => contrastOf(parse(a) ?? black, parse(b) ?? black)

// A company's colour is chosen for a logo, not for reading: it is darkened (or lightened) only as far as its text needs.
const until = (colour: Rgb, towards: Rgb, isReadable: (candidate: Rgb) => boolean): Rgb => {
  for (let share = 0; share < 1; share += 0.04) {
    const candidate = mix(colour, towards, share)
    if (isReadable(candidate)) return candidate
  }
  return towards
}

const lightScale = (brand: Rgb): Rgb[] => {
  const main = until(brand, black, (candidate) => contrastOf(candidate, mix(candidate, white, 0.92)) >= 4.6)
  return [
    ...[0.92, 0.82, 0.68, 0.52, 0.36, 0.18].map((share) => mix(main, white, share)),
    main,
    ...[0.22, 0.42, 0.6].map((share) => mix(main, black, share)),
  ]
}

/** 8 fills buttons under white text; 9 and 10 are read as text on dark cards. */
const darkScale = (brand: Rgb): Rgb[] => {
  const visible = until(brand, white, (candidate) => contrastOf(candidate, darkCard) >= 1.8)
  const fill = until(visible, black, (candidate) => contrastOf(candidate, mix(candidate, white, 0.9)) >= 4.6)
  const tint = mix(fill, darkCard, 0.72)
  const words = until(fill, white, (candidate) => contrastOf(candidate, tint) >= 4.6 && contrastOf(candidate, darkCard) >= 4.6)
  return [...[0.72, 0.64, 0.54, 0.44, 0.34, 0.22, 0.1].map((share) => mix(fill, darkCard, share)), fill, words, mix(words, white, 0.25)]
}

type BrandScale = { light: string[]; dark: string[] }

/** Ten steps each for light and dark, as TDesign's --td-brand-color-1…10 wants them; readable whatever the brand's colour. */
export const brandScale = (color: string): BrandScale => {
  const brand = parse(color) ?? parse(defaultBrandColor)!
  return { light: lightScale(brand).map(format), dark: darkScale(brand).map(format) }
}

const variables = (name: string, colours: string[]): string => colours.map((colour, i) => `--brand-${name}-${i + 1}:${colour};`).join('')

/** The scale as CSS variables; app.wxss maps them to TDesign's inside its light and dark media queries. */
export const brandVariables = (color: string): string => {
  const scale = brandScale(color)
  return variables('light', scale.light) + variables('dark', scale.dark)
}
