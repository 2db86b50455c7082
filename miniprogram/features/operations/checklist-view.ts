import type { Checked } from '../../services/operations'
import { sayTime } from '../../support/dates'

type Row = {
  item: Checked['item']
  title: string
  purpose: string
  configured: string
  proved: string
  advice: string
  tag: { word: string; tone: string; icon: string }
  button: string
}

const tags: Record<Checked['state'], Row['tag']> = {
  proved: { word: '已就绪', tone: 'done', icon: 'check-circle' },
  open: { word: '待办', tone: 'waiting', icon: 'time' },
  due: { word: '该复查了', tone: 'waiting', icon: 'alarm' },
  failed: { word: '没有通过', tone: 'urgent', icon: 'error-circle' },
}

const buttons: Record<Checked['kind'], (isProved: boolean) => string> = {
  test: (isProved) => (isProved ? '再测一次' : '测试一下'),
  confirm: (isProved) => (isProved ? '再确认一次' : '我已办好'),
  seen: () => '',
}

const sayProved = ({ provedAt, provedByName, note, dueOn, kind, item }: Checked, now: number): string => {
  if (!provedAt || item === 'first_manager' || item === 'keys') return ''
  const who = kind === 'seen' ? '' : ` · ${provedByName ?? '已离职的同事'}${kind === 'test' ? '测试通过' : '确认'}`
  return `${sayTime(provedAt, now)}${who}${note ? `：${note}` : ''}${dueOn ? `，${dueOn.slice(5).replace('-', '月')}日前复查` : ''}`
}

const rowOf = (checked: Checked, now: number): Row => ({
  item: checked.item, title: checked.title, purpose: checked.purpose, configured: checked.configured ?? '', proved: sayProved(checked, now),
  advice: checked.state === 'proved' ? '' : checked.advice, tag: tags[checked.state], button: buttons[checked.kind](checked.state === 'proved'),
})

export type ChecklistView = { headline: string; isReady: boolean; open: Row[]; proved: Row[] }

export const viewChecklist = (items: Checked[], now: number): ChecklistView => {
  const open = items.filter(({ state }) => state !== 'proved')
  return {
    isReady: open.length === 0,
    headline: open.length === 0 ? '都准备好了' : `还有 ${open.length} 项要办`,
    open: open.map((checked) => rowOf(checked, now)),
    proved: items.filter(({ state }) => state === 'proved').map((checked) => rowOf(checked, now)),
  }
}
