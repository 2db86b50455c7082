import type { Fields } from './ejson'
import { decodeEjson } from './ejson'
import { checkQuery, checkStages } from './allowed-operators'
import { invalidParameter } from './refusals'
import type { Sort } from './plan'

/** A request as the SDK sends it: JSON, with Extended JSON texts inside. */
export type Body = Record<string, unknown>

type Now = () => number

const fieldsOf = (body: Body, name: string, now: Now): Fields => {
  const text = body[name]
  if (text === undefined || text === null) return {}
  const value = typeof text === 'string' ? decodeEjson(text, now) : text
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidParameter(`${name} must be an object`)
  return value as Fields
}

export const collectionOf = (body: Body): string => {
  if (typeof body.collectionName !== 'string' || body.collectionName === '') throw invalidParameter('collectionName is missing')
  return body.collectionName
}

export const queryOf = (body: Body, now: Now): Fields => {
  const query = fieldsOf(body, 'query', now)
  checkQuery(query)
  return query
}

export const sortOf = (body: Body, now: Now): Sort => {
  const sort = Object.entries(fieldsOf(body, 'order', now))
  for (const [name, direction] of sort) if (direction !== 1 && direction !== -1) throw invalidParameter(`order of ${name} is 1 or -1`)
  return sort as Sort
}

/** The projection, or undefined where all fields are wanted. */
export const projectionIn = (body: Body, now: Now): Fields | undefined => {
  const projection = fieldsOf(body, 'projection', now)
  return Object.keys(projection).length > 0 ? projection : undefined
}

export const dataOf = (body: Body, now: Now): Fields => fieldsOf(body, 'data', now)

export const documentsOf = (body: Body, now: Now): Fields[] => {
  if (!Array.isArray(body.data) || body.data.length === 0) throw invalidParameter('data must be a list of documents')
  return body.data.map((text) => fieldsOf({ document: text }, 'document', now))
}

export const countOf = (body: Body, name: string, absent: number): number => {
  const value = body[name] ?? absent
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw invalidParameter(`${name} must be a whole number, 0 or more`)
  return value
}

export const transactionIdOf = (body: Body): string => {
  if (typeof body.transactionId !== 'string') throw invalidParameter('transactionId is missing')
  return body.transactionId
}

const stageOf = (stage: unknown, now: Now): Fields => {
  const { stageKey, stageValue } = stage as { stageKey?: unknown; stageValue?: unknown }
  if (typeof stageKey !== 'string') throw invalidParameter('a stage needs a stageKey')
  return { [stageKey]: typeof stageValue === 'string' ? decodeEjson(stageValue, now) : stageValue }
}

export const stagesOf = (body: Body, now: Now): Fields[] => {
  if (!Array.isArray(body.stages)) throw invalidParameter('stages must be a list')
  const stages = body.stages.map((stage) => stageOf(stage, now))
  checkStages(stages)
  return stages
}
