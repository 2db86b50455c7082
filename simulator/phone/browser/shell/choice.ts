import { make } from '../sheets/sheet'

/** A row of buttons of which one is chosen. */
export const createChoice = <Value>(
  options: readonly { value: Value; label: string }[],
  chosen: Value,
  choose: (value: Value) => void,
): HTMLElement => {
  const buttons = options.map(({ value, label }) => {
    const button = make('button.option', label)
    button.addEventListener('click', () => {
      mark(value)
      choose(value)
    })
    return { value, button }
  })
  const mark = (value: Value): void => buttons.forEach((each) => each.button.setAttribute('aria-pressed', String(each.value === value)))
  mark(chosen)
  return make('div.choice', ...buttons.map(({ button }) => button))
}
