import { contrastWithWhite, readableBrand } from '../../cloudfunctions/_shared/brand'

describe('the brand’s colour', () => {
  it.each([
    ['#000000', 21], ['#ffffff', 1], ['#767676', 4.54], ['#777777', 4.48], ['#ff0000', 4.0],
  ])('%s has a contrast of %d with white', (color, contrast) => {
    expect(contrastWithWhite(color)).toBeCloseTo(contrast, 1)
  })

  it.each(['#0f7b6c', '#767676', '#a1201a'])('%s stays: white can be read on it', (color) => {
    expect(readableBrand(color)).toEqual({ color, isCorrected: false })
  })

  it.each(['#ffd600', '#ff6a00', '#07c160', '#ffffff', '#FFEEAA'])('%s becomes darker of the same hue, until white can be read on it', (color) => {
    const { color: corrected, isCorrected } = readableBrand(color)
    expect(isCorrected).toBe(true)
    expect(corrected).toMatch(/^#[0-9a-f]{6}$/)
    expect(contrastWithWhite(corrected)).toBeGreaterThanOrEqual(4.5)
    expect(contrastWithWhite(corrected)).toBeLessThan(4.9)
  })
})
