/** WeChat's built-in components, by the element that stands for each of them in the browser. */

const PLAIN = ['view', 'text', 'label', 'form', 'cover-view', 'button', 'navigator', 'root-portal', 'page-meta']
const STATEFUL = [
  'input',
  'textarea',
  'image',
  'cover-image',
  'swiper',
  'swiper-item',
  'scroll-view',
  'picker',
  'picker-view',
  'picker-view-column',
  'switch',
  'checkbox',
  'checkbox-group',
  'radio',
  'radio-group',
  'slider',
  'progress',
  'icon',
  'rich-text',
]

/** Built-ins the product does not use. Own templates naming one do not compile; a package's template shows a notice in its place. */
export const ABSENT_TAGS = [
  'navigation-bar',
  'match-media',
  'page-container',
  'map',
  'video',
  'movable-view',
  'movable-area',
  'web-view',
  'camera',
  'live-player',
  'live-pusher',
  'ad',
  'editor',
  'official-account',
  'open-data',
]

const named = (tags: string[]): Record<string, string> => Object.fromEntries(tags.map((tag) => [tag, `wx-${tag}`]))

export const BUILT_IN_TAGS: Record<string, string> = { ...named(PLAIN), ...named(STATEFUL), canvas: 'canvas', span: 'span' }

export const ELEMENT_TAGS: Record<string, string> = {
  ...BUILT_IN_TAGS,
  ...Object.fromEntries(ABSENT_TAGS.map((tag) => [tag, 'wx-absent'])),
}

/** The element a tag selector of a style sheet means; unknown names (own components) keep theirs. */
export const elementOf = (tag: string): string => (tag === 'page' ? 'wx-page' : (ELEMENT_TAGS[tag] ?? tag))
