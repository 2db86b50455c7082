// Raised when the shape of what is stored changes: an older copy is then simply not found.
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
