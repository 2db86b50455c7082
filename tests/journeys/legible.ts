import { buildSync } from 'esbuild'
import { inRoot } from '../../tools/root'
import type { PhoneInBrowser } from '../support/phone-in-browser'
import type { Demands, Finding } from './finding'

export type Mode = 'normal' | 'elder'

/** 移动互联网应用适老化通用设计规范, and 44 px as WeChat asks of everybody. */
const demands: Record<Mode, Demands> = {
  normal: { textPx: 12, targetPx: 44, mainTargetPx: 44 },
  elder: { textPx: 18, targetPx: 44, mainTargetPx: 60 },
}

const legibility = buildSync({
  entryPoints: [inRoot('tests', 'journeys', 'in-page', 'legibility.ts')], bundle: true, write: false, format: 'iife', globalName: 'legibility',
}).outputFiles[0]!.text

/** Everything on the page somebody looks at that breaks the demands of how he has it shown. */
export const findIllegible = (phone: PhoneInBrowser, mode: Mode): Promise<Finding[]> =>
  phone.page.evaluate<Finding[]>(`(() => { ${legibility}; return legibility.findIllegible(${JSON.stringify(demands[mode])}) })()`)

/** Everything larger, as it is switched on under 我的. */
export const wearElder = async (phone: PhoneInBrowser, url: string): Promise<void> => {
  await phone.show(url, 'pages/me/me')
  await phone.page.getByRole('switch', { name: '关怀模式' }).filter({ visible: true }).first().tap()
}
