/** Words that stand on a line together while they fit; `isWhole` for hours, which never break. */
type Part = { words: string; isWhole: boolean }

const clauses = /[^，；。]+[，；。]*/g
const hours = /(\d{1,2}:\d\d–\d{1,2}:\d\d)/

const partsOf = (clause: string): Part[] =>
  clause.split(hours).map((words, index) => ({ words, isWhole: index % 2 === 1 })).filter(({ words }) => words !== '')

/** A sentence by its clauses. Chinese may break anywhere, also in the middle of a word: after a comma it reads best. */
export const breakSentence = (text: string): Part[][] => (text.match(clauses) ?? []).map(partsOf)
