import { version } from './version'

// Raised when the shape of a draft or a choice changes: an older one is then simply not found.
const schema = 1
const versioned = (key: string): string => `${key}@${schema}`

/** A full or broken storage must never break a page: what is kept here can always be asked for again. */
export const remember = (key: string, value: unknown): void => {
  try {
    wx.setStorageSync(versioned(key), value)
  } catch {
    forget(key)
  }
}

export const recall = <T>(key: string): T | null => {
  try {
    const value: unknown = wx.getStorageSync(versioned(key))
    return value === '' || value === undefined ? null : (value as T)
  } catch {
    return null
  }
}

export const forget = (key: string): void => {
  try {
    wx.removeStorageSync(versioned(key))
  } catch {
    // Nothing was stored, or nothing can be: both are what the caller wants.
  }
}

const copies = 'copy.'

/** Copies of answers belong to one release: what another release understood may not be what this one expects. */
export const copyKey = (name: string): string => `${copies}${version}.${name}`

export const forgetOldCopies = (): void => {
  const old = wx.getStorageInfoSync().keys.filter((key) => key.startsWith(copies) && !key.startsWith(copyKey('')))
  for (const key of old) wx.removeStorageSync(key)
}

export const forgetAll = (): void => {
  try {
    wx.clearStorageSync()
  } catch {
    // What cannot be cleared could not be written either.
  }
}
