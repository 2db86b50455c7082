import { ask } from './doors'

/** Titles of subscription templates by id; WeChat knows them from the console, the phone from the world it is in. */
export const templateTitles = async (): Promise<Record<string, string>> =>
  (await ask<{ titles: Record<string, string> }>('/control/templates')).titles
