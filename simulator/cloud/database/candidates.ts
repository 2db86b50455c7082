import type { IndexPlan, Span } from './plan'
import type { Slot } from './ordered-index'
import type { Walk } from './sorted-entries'

function* inTurn(plan: IndexPlan): Generator<Slot> {
  const spans = plan.reverse ? [...plan.spans].reverse() : plan.spans
  for (const span of spans) {
    const walk = plan.index.walk(span.from, span.to, plan.reverse)
    while (walk.advance()) yield walk.item
  }
}

type Runner = { walk: Walk<Slot>; span: Span; rest: string }

const siftDown = (heap: Runner[], ahead: (a: Runner, b: Runner) => boolean, start: number): void => {
  const moved = heap[start]!
  let at = start
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && ahead(heap[child + 1]!, heap[child]!)) child++
    if (!ahead(heap[child]!, moved)) break
    heap[at] = heap[child]!
    at = child
  }
  heap[at] = moved
}

// Several values of a leading field, one order behind it: the stretches are each in order, and are read in step.
function* merged(plan: IndexPlan): Generator<Slot> {
  const ahead = plan.reverse ? (a: Runner, b: Runner) => a.rest > b.rest : (a: Runner, b: Runner) => a.rest < b.rest
  const heap: Runner[] = []
  for (const span of plan.spans) {
    const walk = plan.index.walk(span.from, span.to, plan.reverse)
    if (walk.advance()) heap.push({ walk, span, rest: walk.key.slice(span.cut) })
  }
  for (let at = heap.length >> 1; at-- > 0;) siftDown(heap, ahead, at)
  while (heap.length > 0) {
    const first = heap[0]!
    yield first.walk.item
    if (first.walk.advance()) {
      first.rest = first.walk.key.slice(first.span.cut)
    } else {
      const last = heap.pop()!
      if (heap.length === 0) return
      heap[0] = last
    }
    siftDown(heap, ahead, 0)
  }
}

function* once(slots: Iterable<Slot>): Generator<Slot> {
  const seen = new Set<Slot>()
  for (const slot of slots) {
    if (seen.has(slot)) continue
    seen.add(slot)
    yield slot
  }
}

/** The documents a plan leads to, each once, in index order. */
export const candidatesOf = (plan: IndexPlan): Iterable<Slot> => {
  const slots = plan.merge && plan.spans.length > 1 ? merged(plan) : inTurn(plan)
  return plan.index.multikey.size > 0 ? once(slots) : slots
}
