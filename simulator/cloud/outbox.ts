import type { Records } from './records'

type SentMessage = { seq: number; at: string } & (
  | {
      kind: 'subscription'
      openid: string
      templateId: string
      page: string
      state: string
      data: Record<string, { value: string }>
    }
  | { kind: 'sms'; phone: string; templateId: string; content: string; params: string[] }
  /** A text in the 企业微信 group that the robot of this key belongs to. */
  | { kind: 'robot'; key: string; content: string }
)
type Unsent<M> = M extends unknown ? Omit<M, 'seq' | 'at'> : never

export type Outbox = {
  add: (message: Unsent<SentMessage>) => Promise<void>
  /** Newest first; of one person (messages to the openid, SMS to the phone) or of all, groups included. */
  list: (recipient?: { openid: string; phone: string }) => SentMessage[]
  clear: () => Promise<void>
}

/** Everything that left for somebody's phone. */
export const openOutbox = (records: Records, now: () => number): Outbox => {
  const sent = records.table<SentMessage>('outbox')
  let last = sent.values().reduce((highest, { seq }) => Math.max(highest, seq), 0)
  return {
    add: async (message) => {
      const seq = ++last
      await sent.put(String(seq).padStart(10, '0'), { ...message, seq, at: new Date(now()).toISOString() } as SentMessage)
    },
    list: (recipient) => {
      const isFor = (message: SentMessage): boolean =>
        !recipient ||
        (message.kind === 'sms' ? message.phone.endsWith(recipient.phone) : message.kind === 'subscription' && message.openid === recipient.openid)
      return sent.values().filter(isFor).sort((a, b) => b.seq - a.seq)
    },
    clear: () => sent.clear(),
  }
}
