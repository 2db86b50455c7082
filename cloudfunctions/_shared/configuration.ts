import { collection, type Stored } from './db'
import type { NoticeKind } from './notice'

/** A WeChat subscription template as this account registered it: its keywords are numbered differently in every account. */
export type MessageTemplate = {
  templateId: string
  /** The template's keyword (thing1, time3 …) → which value of the notice it shows. */
  keywords: Record<string, string>
}

/** 'business' counts working hours only. */
export type RepairDeadline = { category: string | null; urgency: 'normal' | 'urgent'; minutes: number; clock: 'business' | 'around' }

/** How a community repairs. Days are YYYY-MM-DD and hours HH:mm, in Shanghai; prices are integer fen. */
export type RepairSettings = {
  /** restDays: 0 Sunday … 6 Saturday. */
  hours: { opensAt: string; closesAt: string; restDays: number[] }
  /** Days off beside the rest days, and rest days that are worked instead (调休), as the State Council announces them each year. */
  holidays: { off: string[]; worked: string[] }
  /** When an order must be finished; the first that fits stands. category null: any. */
  deadlines: RepairDeadline[]
  /** An order nobody has taken for so long is brought before the manager. */
  unassignedMinutes: number
  /** 'auto': a new order goes at once to whoever is on duty for it. */
  dispatch: 'manual' | 'auto'
  prices: { itemId: string; name: string; unit: string; kind: 'labour' | 'material'; category: string | null; priceFen: number }[]
  /** Hours of a visit that may be asked for. */
  visits: { from: string; to: string }[]
  /** How many visits one technician can make in one of them. */
  visitsEach: number
  spots: string[]
  ratingTags: string[]
}

/** The kinds of charge that each have a merchant (子商户号): money of one legal entity must never land with another. */
export type Charge = 'repair'

/** Of a community. Nobody can pay by WeChat where it is absent, not open, or without a merchant for the kind of charge. */
export type PaymentSettings = { isOpen: boolean; merchants: Partial<Record<Charge, string | null>> }

/** What the cloud's plan allows in a month; null where nobody has written it down. */
export type Plan = Record<'calls' | 'gbSeconds' | 'reads' | 'writes', number | null>

/** What the company set up for a community; `company` is what people without a house see. */
export type Configuration = Stored & {
  name: string
  brand: { name: string; color: string; logoFileId: string | null; servicePhone: string; emergencyPhone: string }
  /** Of the company: days that something personal is kept after it has served, where not as usual. */
  retention?: Partial<Record<'endedResidency' | 'decidedApplication' | 'reveal', number>>
  templates: Partial<Record<NoticeKind, MessageTemplate>>
  /** The staff's 企业微信 group robot. Whoever knows the address can speak in the group: it is never shown whole. */
  robot?: { webhook: string } | null
  /** Where it says nothing, the usual settings hold (`repairs/settings.ts`). */
  repairs?: Partial<RepairSettings>
  /** Of a community's only. */
  payments?: PaymentSettings
  /** Of the company's only. */
  plan?: Plan | null
  /** Counts changes; set-up's own is 0. */
  version?: number
}

export const configurations = collection<Configuration>('configurations')
export const companyId = 'company'

const freshForMs = 60_000
const cached = new Map<string, { configuration: Configuration; readAt: number }>()

/** The configuration of a community (or of the company), at most a minute old. At most one round trip. */
export const readConfiguration = async (id: string): Promise<Configuration> => {
  const known = cached.get(id)
  if (known && performance.now() - known.readAt < freshForMs) return known.configuration
  const configuration = await configurations.get(id)
  if (!configuration) throw new Error(`There is no configuration "${id}": set-up writes one for the company and for each community`)
  cached.set(id, { configuration, readAt: performance.now() })
  return configuration
}

/** What this process remembers of it, after it was changed; other processes know within a minute. */
export const forgetConfiguration = (id: string): void => void cached.delete(id)
