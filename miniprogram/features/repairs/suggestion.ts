import type { Category, Urgency } from '../../../cloudfunctions/repairs/contract'
import type { RepairForm } from '../../services/repairs'
import { categoryWord, urgencyWord } from '../../support/repair-words'

type Rules = RepairForm['suggestions']
type Choice = { category: Category | ''; urgency: Urgency }

const firstWith = <K extends 'category' | 'urgency'>(rules: Rules, text: string, key: K): Rules[number][K] =>
  rules.find((rule) => rule[key] !== null && rule.words.some((word) => text.includes(word)))?.[key] ?? null

export type Suggestion = { words: string; action: string; change: Partial<Choice> }

/** What the words sound like, where that is not what is chosen: 看起来是「水管漏水」. Never more than a suggestion; works without a network. */
export const suggest = (text: string, rules: Rules, chosen: Choice): Suggestion | null => {
  const category = firstWith(rules, text, 'category')
  const urgency = firstWith(rules, text, 'urgency')
  const isOtherCategory = category !== null && category !== chosen.category
  const isMoreUrgent = urgency === 'urgent' && chosen.urgency === 'normal'
  if (!isOtherCategory && !isMoreUrgent) return null
  const words = [isOtherCategory ? `「${categoryWord(category).word}」` : '', isMoreUrgent ? `「${urgencyWord('urgent')}」` : ''].filter(Boolean).join('、')
  return {
    words: `看起来是${words}`,
    action: isOtherCategory && !chosen.category ? '选它' : '改过来',
    change: { ...(isOtherCategory && { category }), ...(isMoreUrgent && { urgency: 'urgent' as const }) },
  }
}
