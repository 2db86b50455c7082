type Rgb = [red: number, green: number, blue: number]

/** WCAG 2.1, 1.4.3: text of ordinary size. White words stand on the brand's colour. */
export const leastContrast = 4.5

const parse = (color: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as Rgb
const format = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

const luminance = (rgb: Rgb): number => {
  const [red, green, blue] = rgb.map((part) => {
    const value = part / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG contrast of `#RRGGBB` with white, 1–21. */
export const contrastWithWhite = (color: string): number => 1.05 / (luminance(parse(color)) + 0.05)

/** The colour itself where white can be read on it; otherwise the nearest darker one of the same hue. `color`: #RRGGBB. */
export const readableBrand = (color: string): { color: string; isCorrected: boolean } => {
  const given = parse(color)
  for (let share = 1; share > 0; share -= 0.01) {
    const candidate = format(given.map((part) => part * share) as Rgb)
    if (contrastWithWhite(candidate) >= leastContrast) return { color: candidate, isCorrected: share < 1 }
  }
  return { color: '#000000', isCorrected: true }
}
