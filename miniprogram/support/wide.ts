const widthOfTwo = 900

/** Whether there is room for a list and what is chosen from it, side by side: WeChat on a PC, or a tablet. */
export const isWide = (): boolean => wx.getWindowInfo().windowWidth >= widthOfTwo
