/** Something on a page that somebody could not read, or not hit with a thumb. */
export type Finding = { what: 'scrolls sideways' | 'text cut' | 'words squeezed' | 'text too small' | 'target too small' | 'accessibility'; where: string; detail: string }

export type Demands = {
  /** The least size of any text, px. */
  textPx: number
  /** The least width and height of whatever can be tapped, px. */
  targetPx: number
  /** The same for the page's main actions. */
  mainTargetPx: number
}
