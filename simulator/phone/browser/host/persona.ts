const address = new URLSearchParams(location.search)

/** Who holds this phone: the page's `?openid=`, else the first person of the seed. */
export const openid: string = address.get('openid') || document.documentElement.dataset.openid || 'oNobody'

/** Persons must not see each other's storage although the browser keeps one per origin. */
export const storageKey = (key: string): string => `${storagePrefix}${key}`
export const storagePrefix = `phone:${openid}:`
