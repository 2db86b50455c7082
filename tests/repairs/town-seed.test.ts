import { town } from '../../simulator/seed/town'
import { testEnvironment } from '../support/people'

const now = new Date('2026-11-24T08:00:00Z')
type Order = { status: string; rating: { stars: number } | null; reopenCount: number; overdueKey: string | null; watchId: string; isOpen: boolean }

describe('the town', () => {
  const { documents } = town(1)(now, testEnvironment) as { documents: Record<string, Record<string, unknown>[]> }
  const orders = documents.repairs as unknown as Order[]
  const countOf = (is: (order: Order) => boolean): number => orders.filter(is).length

  it('has 10,000 orders in every state, with stars, second visits, and some that are late', () => {
    expect(orders).toHaveLength(10_000)
    expect([...new Set(orders.map(({ status }) => status))].sort()).toEqual(['assigned', 'cancelled', 'closed', 'completed', 'in_progress', 'on_hold', 'quoted', 'submitted'])
    expect(countOf(({ status }) => status === 'submitted')).toBeGreaterThan(50)
    expect(countOf(({ rating }) => rating !== null)).toBeGreaterThan(5_000)
    expect(countOf(({ reopenCount }) => reopenCount === 1)).toBeGreaterThan(100)
    expect(countOf(({ overdueKey }) => overdueKey !== null && overdueKey < now.toISOString())).toBeGreaterThan(20)
    expect([...new Set(documents.repair_revisits!.map(({ state }) => state))].sort()).toEqual(['done', 'open'])
    expect(documents.incidents!.filter(({ isOpen }) => isOpen)).toHaveLength(1)
    expect(documents.duty_shifts).toHaveLength(21)
  })

  it('watches over every order that waits for somebody or something, and what is watched is not due yet', () => {
    const watched = new Set(documents.jobs!.map(({ _id }) => _id))
    const ofTheDesk = orders.filter(({ isOpen, status }) => isOpen && ['on_hold', 'completed'].includes(status))
    expect(ofTheDesk.length).toBeGreaterThan(10)
    expect(ofTheDesk.filter(({ watchId }) => !watched.has(watchId))).toEqual([])
    expect(documents.jobs!.filter(({ dueAt }) => (dueAt as Date) <= now)).toEqual([])
  })
})
