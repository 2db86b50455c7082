import { make } from './sheet'

export type ToastOptions = { title?: string; icon?: string; duration?: number; mask?: boolean }

let shown: { element: HTMLElement; kind: 'toast' | 'loading' } | undefined
let timer: ReturnType<typeof setTimeout> | undefined

const MARKS: Record<string, string> = { success: '✓', error: '!' }

const show = (kind: 'toast' | 'loading', { title = '', icon = 'success', mask = false }: ToastOptions): void => {
  hide()
  const mark = kind === 'loading' || icon === 'loading' ? make('i.phone-spinner') : make('i.phone-mark', MARKS[icon] ?? '')
  const box = make(`div.phone-toast${icon === 'none' ? '.plain' : ''}`, ...(icon === 'none' ? [] : [mark]), make('span', title))
  box.setAttribute('role', 'status')
  const element = make(`div.phone-toast-layer${mask ? '.masked' : ''}`, box)
  document.body.append(element)
  shown = { element, kind }
}

const hide = (): void => {
  clearTimeout(timer)
  shown?.element.remove()
  shown = undefined
}

/** One place for both: WeChat shows a toast or a loading, never two. */
export const showToast = (options: ToastOptions): void => {
  show('toast', options)
  timer = setTimeout(hide, options.duration ?? 1_500)
}

export const showLoading = (options: ToastOptions): void => show('loading', { ...options, icon: 'loading' })

export const hideToast = hide

export const hideLoading = (): void => {
  if (shown?.kind === 'loading') hide()
}
