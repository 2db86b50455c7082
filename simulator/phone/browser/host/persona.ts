const address = new URLSearchParams(location.search)

/** Who holds this phone: the page's `?openid=`, else the first person of the seed. */
export const openid: string = address.get('openid') || document.documentElement.dataset.openid || 'oNobody'

/** Persons must not see each other's storage although the browser keeps one per origin. */
export const storageKey = (key: string): string => `${storagePrefix}${key}`
const prefixOf = (person: string): string => `phone:${person}:`
export const storagePrefix = prefixOf(openid)

/** Whether somebody agreed to the privacy guide stands here. */
export const privacyKey = (person: string): string => `${prefixOf(person)}#privacy`
