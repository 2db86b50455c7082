/** What the phone tells the cloud it is; the cloud refuses phones too old to understand its answers. */
export const version = '0.1.0'
