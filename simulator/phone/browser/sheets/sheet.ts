/** Builds an element: `make('button.phone-ok', '确定')`. */
export const make = (selector: string, ...children: (Node | string)[]): HTMLElement => {
  const [tag = 'div', ...classes] = selector.split('.')
  const element = document.createElement(tag || 'div')
  element.className = classes.join(' ')
  element.append(...children)
  return element
}

export const makeButton = (label: string, className: string, run: () => void): HTMLButtonElement => {
  const button = make(`button.${className}`, label) as HTMLButtonElement
  button.type = 'button'
  button.addEventListener('click', run)
  return button
}

/**
 * Lays WeChat's own dialog over the page and waits for an answer. `build` gets the function that answers; a tap beside the
 * dialog answers `dismissed` where WeChat lets one close it that way.
 */
export const askSheet = <Answer>(kind: string, build: (answer: (value: Answer) => void) => Node[], dismissed?: Answer): Promise<Answer> =>
  new Promise((resolve) => {
    const answer = (value: Answer): void => {
      mask.remove()
      resolve(value)
    }
    const box = make(`div.phone-sheet.phone-${kind}`)
    const mask = make('div.phone-mask', box)
    box.setAttribute('role', 'dialog')
    box.setAttribute('aria-modal', 'true')
    box.append(...build(answer))
    if (dismissed !== undefined) {
      mask.addEventListener('click', ({ target }) => {
        if (target === mask) answer(dismissed)
      })
    }
    document.body.append(mask)
  })
