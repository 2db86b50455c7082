/** A question with two answers. Never rejects: a dialog that cannot be shown was not agreed to. */
export const ask = async (question: { title: string; content: string; confirm: string; cancel?: string }): Promise<boolean> => {
  try {
    const answer = await wx.showModal({
      title: question.title,
      content: question.content,
      confirmText: question.confirm,
      cancelText: question.cancel ?? '再想想',
    })
    return answer.confirm
  } catch {
    return false
  }
}

export const toast = (message: string): void => {
  void wx.showToast({ title: message, icon: 'none', duration: 2500 })
}

/** Answers the index of the chosen item, or -1. */
export const choose = async (items: string[]): Promise<number> => {
  try {
    return (await wx.showActionSheet({ itemList: items })).tapIndex
  } catch {
    return -1
  }
}

/** Dialling is the person's decision on WeChat's own sheet: to decline it is no failure. */
export const dial = (phoneNumber: string): void => void wx.makePhoneCall({ phoneNumber }).catch(() => undefined)
