import { Query } from 'mingo/query'
import type { Fields } from './ejson'
import { filterContext, fullContext } from './operators'

export type Test = (document: Fields) => boolean

const usesExpression = (query: Fields): boolean => JSON.stringify(query).includes('"$expr"')

/** Compiles a query once, for any number of documents. */
export const testOf = (query: Fields): Test => {
  const compiled = new Query(query as never, { context: usesExpression(query) ? fullContext : filterContext })
  return (document) => compiled.test(document)
}
