import { elementAt, glassEasel } from '../engine/engine'
import { isField, PhoneElement } from './phone-element'

type FormComponent = { data: Record<string, unknown> }

/** Collects the values of everything with a `name` inside, built-in controls and components with `wx://form-field` alike. */
export class PhoneForm extends PhoneElement {
  submit(target: HTMLElement): void {
    this.tell('submit', { value: this.values(), target: elementAt(target), formId: '' })
  }

  reset(): void {
    for (const field of this.querySelectorAll<HTMLElement>('*')) if (isField(field)) field.formReset()
    this.tell('reset')
  }

  private values(): Record<string, unknown> {
    const value: Record<string, unknown> = {}
    for (const node of this.querySelectorAll<HTMLElement>('*')) {
      const component = formComponentOf(node)
      if (component && component.data['name']) value[String(component.data['name'])] = component.data['value']
      else if (isField(node) && node.text('name')) value[node.text('name')] = node.formValue()
    }
    return value
  }
}

const formFields = new WeakSet<object>()

/** Marks components that declare `wx://form-field`. */
export const markFormField = (component: object): void => void formFields.add(component)

const formComponentOf = (node: HTMLElement): FormComponent | undefined => {
  const element = elementAt(node)
  if (!element || element.getBackendElement() !== (node as unknown) || !glassEasel.Component.isComponent(element)) return undefined
  const caller = element.getMethodCaller() as unknown as FormComponent
  return formFields.has(caller) ? caller : undefined
}
