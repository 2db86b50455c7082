import type { PhonePickerViewColumn } from '../elements/picker-view'
import { askSheet, make, makeButton } from './sheet'

type Options = {
  title: string
  columns: string[][]
  indexes: number[]
  turned(column: number, index: number): { columns: string[][] } | undefined
}

/** Wheels side by side; answers the chosen row of each, or null for 取消. */
export const askWheels = ({ title, columns, indexes, turned }: Options): Promise<number[] | null> =>
  askSheet<number[] | null>(
    'wheels',
    (answer) => {
      const wheels = columns.map((_, index) => createWheel((row) => {
        const answered = turned(index, row)
        if (answered) answered.columns.forEach((labels, other) => other > index && fill(wheels[other], labels, wheels[other]?.index ?? 0))
      }))
      columns.forEach((labels, index) => fill(wheels[index], labels, indexes[index] ?? 0))
      return [
        make('header',
          makeButton('取消', 'phone-cancel', () => answer(null)),
          make('strong', title),
          makeButton('确定', 'phone-confirm', () => answer(wheels.map(({ index }) => index)))),
        make('div.phone-wheel-row', ...wheels),
      ]
    },
    null,
  )

const createWheel = (turned: (row: number) => void): PhonePickerViewColumn => {
  const wheel = document.createElement('wx-picker-view-column') as PhonePickerViewColumn
  wheel.onSettled = turned
  wheel.addEventListener('click', ({ target }) => wheel.tapped(target as HTMLElement))
  return wheel
}

const fill = (wheel: PhonePickerViewColumn | undefined, labels: string[], index: number): void => {
  if (!wheel) return
  wheel.replaceChildren(...labels.map((label) => make('div', label)))
  requestAnimationFrame(() => wheel.turnTo(Math.min(index, labels.length - 1)))
}
