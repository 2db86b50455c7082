import { askSheet, make, makeButton } from './sheet'

type SubscribeAnswer = { choices: Record<string, 'accept' | 'reject'>; isAlways: boolean }

const makeTick = (label: string, isOn: boolean): { row: HTMLElement; isOn: () => boolean } => {
  const tick = document.createElement('input')
  tick.type = 'checkbox'
  tick.checked = isOn
  const row = make('label.phone-tick', tick, make('span', label))
  return { row, isOn: () => tick.checked }
}

/** WeChat's subscription panel: one tick per template, and 总是保持以上选择. */
export const askSubscription = (templates: { id: string; title: string }[]): Promise<SubscribeAnswer> =>
  askSheet('subscribe', (answer) => {
    const ticks = templates.map(({ id, title }) => ({ id, tick: makeTick(title, true) }))
    const always = makeTick('总是保持以上选择，不再询问', false)
    const finish = (isAllowed: boolean): void =>
      answer({
        choices: Object.fromEntries(ticks.map(({ id, tick }) => [id, isAllowed && tick.isOn() ? 'accept' : 'reject'])),
        isAlways: always.isOn(),
      })
    return [
      make('strong', '发送一次以下消息'),
      ...ticks.map(({ tick }) => tick.row),
      always.row,
      make(
        'div.phone-answers',
        makeButton('取消', 'phone-cancel', () => finish(false)),
        makeButton('允许', 'phone-confirm', () => finish(true)),
      ),
    ]
  })
