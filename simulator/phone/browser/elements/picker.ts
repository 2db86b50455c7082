import { complain } from '../host/loud'
import { askWheels } from '../sheets/wheels'
import { dateWheels, timeWheels, type Wheels } from './picker-wheels'
import { PhoneElement } from './phone-element'

/** Opens WeChat's picker sheet on tap. Values and events are the ones of `mode`. */
export class PhonePicker extends PhoneElement {
  private chosen: unknown

  protected override update(name: string, value: unknown): void {
    if (name === 'value') this.chosen = value
  }

  override tapped(): boolean {
    if (!this.flag('disabled')) void this.pick()
    return true
  }

  private async pick(): Promise<void> {
    const wheels = this.wheels()
    if (!wheels) return complain(`<picker mode="${this.text('mode')}"> is not in this phone`)
    const indexes = await askWheels({
      title: this.text('headerText'),
      columns: wheels.columns,
      indexes: wheels.indexes,
      turned: (column, index) => {
        if (this.mode === 'multiSelector') this.tell('columnchange', { column, value: index })
        return wheels.turned?.(column, index)
      },
    })
    if (!indexes) return this.tell('cancel')
    const value = wheels.valueOf(indexes)
    this.chosen = value
    this.tell('change', { value })
  }

  private get mode(): string {
    return this.text('mode', 'selector')
  }

  private labels(range: unknown): string[] {
    const key = this.text('rangeKey')
    return (Array.isArray(range) ? range : []).map((item: unknown) => String(key ? (item as Record<string, unknown>)[key] : item))
  }

  private wheels(): Wheels | undefined {
    const range = this.prop('range')
    if (this.mode === 'selector') {
      return { columns: [this.labels(range)], indexes: [Number(this.chosen ?? 0) || 0], valueOf: ([index]) => index }
    }
    if (this.mode === 'multiSelector') {
      const columns = (Array.isArray(range) ? range : []).map((column) => this.labels(column))
      const indexes = Array.isArray(this.chosen) ? this.chosen.map(Number) : columns.map(() => 0)
      return { columns, indexes, valueOf: (chosen) => chosen }
    }
    if (this.mode === 'time') return timeWheels(String(this.chosen ?? ''), this.text('start', '00:00'), this.text('end', '23:59'))
    if (this.mode === 'date')
      return dateWheels(
        String(this.chosen ?? ''),
        this.text('start', '1970-01-01'),
        this.text('end', '2100-12-31'),
        this.text('fields', 'day'),
      )
    return undefined
  }

  formValue(): unknown {
    return this.chosen ?? (this.mode === 'selector' ? 0 : '')
  }

  formReset(): void {
    this.chosen = this.prop('value')
  }
}
