const tabPages = ['pages/home/home', 'pages/inbox/inbox', 'pages/me/me', 'pages/desk/desk']

/** Opens a page of ours by its path with its query, as messages carry it. */
export const openPage = (page: string): void => {
  const path = page.replace(/^\//, '')
  if (tabPages.includes(path.split('?')[0]!)) {
    void wx.switchTab({ url: `/${path}` })
    return
  }
  // WeChat keeps ten pages at most: the eleventh takes the place of the one in front.
  wx.navigateTo({ url: `/${path}` }).catch(() => wx.redirectTo({ url: `/${path}` }).catch(() => undefined))
}

const root = 'features/repairs/pages'
export const repairCreatePage = (): string => `${root}/repair-create/repair-create`
export const repairListPage = (): string => `${root}/repair-list/repair-list`
export const repairDetailPage = (repairId: string, isNew = false): string =>
  `${root}/repair-detail/repair-detail?repairId=${repairId}${isNew ? '&isNew=1' : ''}`
