import http from 'node:http'

export type Measurement = {
  workload: string
  concurrency: number
  /** Milliseconds. */
  p50: number
  p95: number
  p99: number
  opsPerSecond: number
  /** Calls to the platform that one operation took: exact, unlike the times. */
  roundTrips: number
  /** W6 only: the median as a multiple of the bare SDK's. */
  timesBare?: number
}

/** One local HTTP client whose connections stay open: the load itself must cost little. */
export const createClient = (url: string) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  const { hostname, port } = new URL(url)
  const request = (method: string, path: string, body?: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const sent = http.request({ hostname, port, path, method, agent, headers: { 'content-type': 'application/json' } }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          if (response.statusCode === 200) resolve(JSON.parse(text))
          else reject(new Error(`${path} answered ${response.statusCode}: ${text}`))
        })
      })
      sent.on('error', reject)
      sent.end(body && JSON.stringify(body))
    })
  const call = async <T>(openid: string, name: string, action: string, input: object): Promise<T> => {
    const { result, errMsg } = (await request('POST', '/client/call', { openid, name, data: { action, input } })) as {
      result?: { ok: boolean; data: T; error?: object }; errMsg?: string
    }
    if (!result?.ok) throw new Error(`${name}.${action}: ${errMsg ?? JSON.stringify(result?.error)}`)
    return result.data
  }
  return { call, get: (path: string) => request('GET', path), post: (path: string, body: object) => request('POST', path, body), close: () => agent.destroy() }
}
export type Client = ReturnType<typeof createClient>

const percentile = (sorted: number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!

/** What a function writes of itself about once a minute, whatever it was asked. */
const watching = ['failures', 'usage']

/** Counted on a few operations one after another, and of this function alone: meanwhile timers may do their own work. */
const countRoundTrips = async (client: Client, functionName: string, operation: (i: number) => Promise<void>): Promise<number> => {
  const sample = 10
  const { next } = (await client.get('/control/calls?since=999999999')) as { next: number }
  for (let i = 0; i < sample; i += 1) await operation(i)
  const { calls } = (await client.get(`/control/calls?since=${next}`)) as { calls: { function: string; on: string }[] }
  return calls.filter((call) => call.function === functionName && !watching.includes(call.on)).length / sample
}

/** Node compiles a function's hot paths during about its first thousand calls: before, the same call takes half as long again. */
const warmUp = 1_000

/** A closed loop: `concurrency` people, each with one call under way. The warm-up is not counted. */
export const measure = async (
  client: Client, workload: string, o: { functionName: string; concurrency: number; operations: number }, operation: (i: number) => Promise<void>,
): Promise<Measurement> => {
  let started = 0
  const run = async (until: number, times: number[]) => {
    while (started < until) {
      const i = started++
      const from = performance.now()
      await operation(i)
      times.push(performance.now() - from)
    }
  }
  const loop = async (until: number, times: number[]) => {
    await Promise.all(Array.from({ length: o.concurrency }, () => run(until, times)))
  }
  await loop(warmUp, [])
  const times: number[] = []
  const from = performance.now()
  await loop(warmUp + o.operations, times)
  const elapsed = performance.now() - from
  times.sort((a, b) => a - b)
  const round = (value: number) => Math.round(value * 100) / 100
  return {
    workload, concurrency: o.concurrency, p50: round(percentile(times, 0.5)), p95: round(percentile(times, 0.95)), p99: round(percentile(times, 0.99)),
    opsPerSecond: Math.round((times.length / elapsed) * 1_000), roundTrips: await countRoundTrips(client, o.functionName, operation),
  }
}
