import { suggest } from '../../cloudfunctions/repairs/suggestion'
import { reported } from './reported-texts'

/** What a form would suggest: without a word that says otherwise, 其他 and 普通. */
const suggested = (text: string) => {
  const { category, urgency } = suggest(text)
  return { category: category ?? 'other', urgency: urgency ?? 'normal' }
}
const share = (isRight: (each: (typeof reported)[number]) => boolean) => reported.filter(isRight).length / reported.length

describe('a suggestion', () => {
  it('is measured on two hundred texts', () => {
    expect(reported).toHaveLength(200)
  })

  it('names the category of nine in ten', () => {
    expect(share(({ text, category }) => suggested(text).category === category)).toBeGreaterThanOrEqual(0.9)
  })

  it('names the urgency of nineteen in twenty, and misses few that are urgent', () => {
    expect(share(({ text, urgency }) => suggested(text).urgency === urgency)).toBeGreaterThanOrEqual(0.95)
    const urgent = reported.filter(({ urgency }) => urgency === 'urgent')
    const missed = urgent.filter(({ text }) => suggested(text).urgency !== 'urgent')
    expect(missed.length / urgent.length).toBeLessThanOrEqual(0.1)
  })

  it('says nothing of a text it has no word for', () => {
    expect(suggest('帮忙看一下')).toEqual({ category: null, urgency: null })
  })

  it('gives the first category and the first urgency that a word speaks for, each by itself', () => {
    const rules = [
      { words: ['冒烟'], category: null, urgency: 'urgent' as const }, { words: ['电梯'], category: 'public_area' as const, urgency: null },
      { words: ['灯'], category: 'electrical' as const, urgency: null },
    ]
    expect(suggest('电梯灯冒烟', rules)).toEqual({ category: 'public_area', urgency: 'urgent' })
  })
})
