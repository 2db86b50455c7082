export type Route = { path: string; query: Record<string, string> }

/** Reads `/pages/a/a?x=1`; paths without a leading slash count from the present page. */
export const parseRoute = (url: string, from = ''): Route => {
  const [path = '', search = ''] = url.split('?')
  const absolute = path.startsWith('/') ? path.slice(1) : new URL(path, `http://phone/${from}`).pathname.slice(1)
  // WeChat hands query values over undecoded.
  const pairs = search.split('&').filter(Boolean).map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return [name, value.join('=')] as const
  })
  return { path: absolute, query: Object.fromEntries(pairs) }
}

export const writeRoute = ({ path, query }: Route): string => {
  const search = Object.entries(query).map(([name, value]) => `${name}=${value}`).join('&')
  return `/${path}${search ? `?${search}` : ''}`
}
