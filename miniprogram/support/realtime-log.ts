export type FailedCall = { function: string; action: string; code: string; requestId: string }

const write = (words: string, about: object, filter: string): void => {
  // Older WeChat versions have no such log; nothing a person does may depend on it.
  const log = wx.getRealtimeLogManager?.()
  if (!log) return
  if (filter) log.setFilterMsg(filter)
  log.error(words, about)
}

/**
 * A call that failed, for whoever runs this (公众平台 > 开发管理 > 运维中心 > 实时日志), found there by its request id. The log carries the
 * person's openid by itself; it must hold nothing they wrote, and nothing of their home.
 */
export const logFailedCall = ({ function: name, action, code, requestId }: FailedCall): void =>
  write('call failed', { function: name, action, code, requestId }, requestId)

/** Of an error nobody caught only its kind and where it happened: its message may quote what somebody typed. */
export const placeOf = (error: string): string => {
  const [kind = 'Error'] = /\b[A-Z]\w*Error\b/.exec(error.replace(/^MiniProgramError/, '')) ?? []
  const frames = error.split('\n').map((line) => line.trim()).filter((line) => /^at \S/.test(line)).slice(0, 5)
  return [kind, ...frames].join(' ')
}

export const logPageError = (error: string): void => write('page error', { at: placeOf(error) }, '')
