/**
 * Which environment this phone is for. `npm run deploy` writes these two from environments.json into what it uploads; here, in DevTools and
 * in the simulator both are empty: the account's first cloud environment, and no word about which it is.
 */
export const environment = ''
export const cloudEnvironment = ''
