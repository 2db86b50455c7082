export type Told = { kind: string; version?: string; mistake?: string; now?: number }

/** Reads what the phone at `url` tells its open pages until something satisfies `isWanted`. */
export const waitForEvent = async (url: string, isWanted: (event: Told) => boolean | Promise<boolean>): Promise<Told> => {
  const response = await fetch(`${url}/phone/events`)
  let text = ''
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString()
    for (const [, event = '{}'] of text.matchAll(/data: (.*)\n\n/g)) {
      const told = JSON.parse(event) as Told
      if (await isWanted(told)) return told
    }
  }
  throw new Error('the events ended')
}
