/** A red bar for what this phone cannot do and for errors nobody caught: silence would look like success. */
export const complain = (message: string): void => {
  const bar = document.querySelector('.phone-loud') ?? document.body.appendChild(createBar())
  const line = document.createElement('p')
  line.textContent = message
  bar.prepend(line)
}

const createBar = (): HTMLElement => {
  const bar = document.createElement('div')
  bar.className = 'phone-loud'
  bar.setAttribute('role', 'alert')
  bar.addEventListener('click', () => bar.remove())
  return bar
}

export const describeFailure = (failure: unknown): string => {
  if (failure instanceof Error) return `${failure.name}: ${failure.message}`
  const errMsg = (failure as { errMsg?: unknown } | null)?.errMsg
  return typeof errMsg === 'string' ? errMsg : String(failure)
}

/** A failure of `wx` that nobody handled is only noted, as WeChat does; a thrown error is shown. */
export const listenForErrors = (tell: (message: string) => void): void => {
  window.addEventListener('error', ({ message, error }) => {
    if (/ResizeObserver loop/.test(message)) return
    const text = error instanceof Error ? describeFailure(error) : message
    complain(text)
    tell(text)
  })
  window.addEventListener('unhandledrejection', ({ reason }) => {
    if (!(reason instanceof Error)) return
    complain(describeFailure(reason))
    tell(describeFailure(reason))
  })
}
