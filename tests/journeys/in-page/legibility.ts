import axe from 'axe-core'
import type { Demands, Finding } from '../finding'

// Half a pixel of rounding is nobody's trouble.
const tolerance = 1

const isShown = (element: Element): boolean => {
  const { width, height } = element.getBoundingClientRect()
  return width > 0 && height > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
}

/** Only the page on top: those beneath it in the stack stay in the document, hidden. */
const shownFrame = (): Element => [...document.querySelectorAll('.phone-frame')].filter(isShown).at(-1)!

const nameOf = (element: Element): string => {
  const classes = [...element.classList].map((name) => name.replace(/^.*--/, '')).join('.')
  return `${element.localName}${classes && `.${classes}`} "${(element.textContent ?? '').trim().slice(0, 24)}"`
}

const ownText = (element: Element): string =>
  [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent ?? '').join('').trim()

const sidewaysScrolls = (frame: Element): Finding[] =>
  [...frame.querySelectorAll('.phone-scroll'), document.documentElement]
    .filter((element) => element.scrollWidth > element.clientWidth + tolerance)
    .map((element) => ({ what: 'scrolls sideways', where: nameOf(element).slice(0, 60), detail: `${element.scrollWidth} > ${element.clientWidth}` }))

/** Where an element's own words lie, clipped or not. */
const wordsOf = (element: Element): DOMRect => {
  const range = document.createRange()
  range.selectNodeContents(element)
  return range.getBoundingClientRect()
}

/** Two or three characters to a line, and more lines than one: a column that something beside it left no room, or a number broken in two. */
const squeezedTexts = (frame: Element): Finding[] =>
  [...frame.querySelectorAll('.phone-body *')].filter((element) => ownText(element).length > 1 && isShown(element)).flatMap((element): Finding[] => {
    const { width, height } = wordsOf(element)
    const { fontSize, lineHeight } = getComputedStyle(element)
    const text = Number.parseFloat(fontSize)
    const isSqueezed = width < 3.2 * text && height > 1.5 * (Number.parseFloat(lineHeight) || 1.5 * text)
    return isSqueezed ? [{ what: 'words squeezed', where: nameOf(element), detail: `${Math.round(width)} × ${Math.round(height)}` }] : []
  })

/** What lies outside of a part that scrolls can be reached; outside of one that does not, it is gone. */
const hides = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip'

const cutTexts = (frame: Element): Finding[] =>
  [...frame.querySelectorAll('.phone-scroll *')].filter((element) => ownText(element) !== '' && isShown(element)).flatMap((element): Finding[] => {
    const words = wordsOf(element)
    const isOutside = words.left < -tolerance || words.right > innerWidth + tolerance
    if (isOutside) return [{ what: 'text cut', where: nameOf(element), detail: `${Math.round(words.left)}…${Math.round(words.right)} of ${innerWidth}` }]
    for (let box: Element | null = element; box && !box.classList.contains('phone-scroll'); box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box)
      const edge = box.getBoundingClientRect()
      const isCut =
        (hides(overflowX) && (words.left < edge.left - tolerance || words.right > edge.right + tolerance)) ||
        (hides(overflowY) && (words.top < edge.top - tolerance || words.bottom > edge.bottom + tolerance))
      if (isCut) return [{ what: 'text cut', where: nameOf(element), detail: `by ${nameOf(box)}` }]
    }
    return []
  })

const smallTexts = (frame: Element, leastPx: number): Finding[] =>
  [...frame.querySelectorAll('.phone-body *')]
    .filter((element) => ownText(element) !== '' && isShown(element) && Number.parseFloat(getComputedStyle(element).fontSize) < leastPx)
    .map((element) => ({ what: 'text too small', where: nameOf(element), detail: getComputedStyle(element).fontSize }))

const targets = '[role="button"], [role="tab"], [role="switch"], [role="radio"], [role="checkbox"], wx-button, wx-input, wx-textarea'
const mainTargets = 'wx-button, [role="tab"]'

/** What is only drawn, inside of a larger target, takes no touches. */
const takesTouches = (element: Element): boolean => isShown(element) && getComputedStyle(element).pointerEvents !== 'none'

const smallTargets = (frame: Element, demands: Demands): Finding[] =>
  [...frame.querySelectorAll(targets)].filter(takesTouches).flatMap((element): Finding[] => {
    const { width, height } = element.getBoundingClientRect()
    const least = element.matches(mainTargets) ? demands.mainTargetPx : demands.targetPx
    const isSmall = Math.min(width, height) < least - tolerance
    return isSmall ? [{ what: 'target too small', where: nameOf(element), detail: `${Math.round(width)} × ${Math.round(height)} < ${least}` }] : []
  })

const axeFindings = async (frame: Element): Promise<Finding[]> => {
  const rules = ['color-contrast', 'button-name', 'aria-toggle-field-name', 'image-alt', 'aria-valid-attr', 'aria-valid-attr-value', 'aria-required-children', 'aria-required-parent']
  const { violations } = await axe.run(frame, { runOnly: { type: 'rule', values: rules }, resultTypes: ['violations'] })
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => ({
    what: 'accessibility' as const, where: `${id}: ${node.html.replace(/\s+/g, ' ').slice(0, 120)}`, detail: (node.any[0] ?? node.all[0])?.message.slice(0, 160) ?? '',
  })))
}

/** Everything on the shown page that breaks the demands: no text cut or squeezed, none too small, no target too small, contrast of at least 4.5:1. */
export const findIllegible = async (demands: Demands): Promise<Finding[]> => {
  const frame = shownFrame()
  return [
    ...sidewaysScrolls(frame), ...cutTexts(frame), ...squeezedTexts(frame), ...smallTexts(frame, demands.textPx), ...smallTargets(frame, demands),
    ...await axeFindings(frame),
  ]
}
