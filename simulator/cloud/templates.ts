import type { Records } from './records'

/** Titles of subscription templates by id, as WeChat shows them in its panel and above each message. */
export type Templates = {
  titles: () => Record<string, string>
  replace: (titles: Record<string, string>) => Promise<void>
}

const key = 'titles'

export const openTemplates = (records: Records): Templates => {
  const stored = records.table<Record<string, string>>('templates')
  return {
    titles: () => stored.get(key) ?? {},
    replace: async (titles) => void (await stored.put(key, titles)),
  }
}
