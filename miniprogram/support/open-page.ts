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

export const statusPage = (): string => 'features/operations/pages/status/status'

const root = 'features/repairs/pages'
export const repairCreatePage = (): string => `${root}/repair-create/repair-create`
export const repairListPage = (): string => `${root}/repair-list/repair-list`
export const repairDetailPage = (repairId: string, isNew = false): string =>
  `${root}/repair-detail/repair-detail?repairId=${repairId}${isNew ? '&isNew=1' : ''}`
export const repairTalkPage = (repairId: string): string => `${root}/repair-talk/repair-talk?repairId=${repairId}`
export const repairQuotePage = (repairId: string): string => `${root}/repair-quote/repair-quote?repairId=${repairId}`
export const priceListPage = (): string => `${root}/price-list/price-list`
export const repairDeskPage = (list = 'waiting', repairId = ''): string =>
  `${root}/repair-desk/repair-desk?list=${list}${repairId && `&repairId=${repairId}`}`
export const repairForCallerPage = (): string => `${root}/repair-for-caller/repair-for-caller`
export const revisitListPage = (): string => `${root}/revisit-list/revisit-list`
export const contentReviewPage = (): string => `${root}/content-review/content-review`
export const dutyRosterPage = (): string => `${root}/duty-roster/duty-roster`
const incidentRoot = 'features/incidents/pages'
export const incidentListPage = (): string => `${incidentRoot}/incident-list/incident-list`
export const incidentBoardPage = (): string => `${incidentRoot}/incident-board/incident-board`
export const incidentCreatePage = (): string => `${incidentRoot}/incident-create/incident-create`

const billing = 'features/billing/pages'
export const billListPage = (): string => `${billing}/bill-list/bill-list`
export const billDetailPage = (billId: string): string => `${billing}/bill-detail/bill-detail?billId=${billId}`
export const paymentDeskPage = (list = 'unpaid', part = ''): string => `${billing}/payment-desk/payment-desk?list=${list}${part && `&part=${part}`}`

const members = 'features/members/pages'
export const houseBindPage = (): string => `${members}/house-bind/house-bind`
export const houseApplyPage = (): string => `${members}/house-apply/house-apply`
export const houseLookupPage = (): string => `${members}/house-lookup/house-lookup`
export const householdPage = (houseId: string): string => `${members}/household/household?houseId=${houseId}`
export const applicationListPage = (): string => `${members}/application-list/application-list`
export const applicationDetailPage = (applicationId: string): string => `${members}/application-detail/application-detail?applicationId=${applicationId}`
export const staffListPage = (): string => `${members}/staff-list/staff-list`
export const myDataPage = (): string => `${members}/my-data/my-data`

const houses = 'features/houses/pages'
export const directoryPage = (): string => `${houses}/directory/directory`
export const committeePage = (communityId: string): string => `${houses}/committee/committee?communityId=${communityId}`
export const registerPage = (): string => `${houses}/register/register`
export const houseProfilePage = (houseId: string): string => `${houses}/house-profile/house-profile?houseId=${houseId}`
export const houseImportPage = (): string => `${houses}/house-import/house-import`
export const committeeRegisterPage = (): string => `${houses}/committee-register/committee-register`
export const buildingPage = (building: string): string => `${houses}/building/building?building=${encodeURIComponent(building)}`
export const communityEditPage = (isNew = false): string => `${houses}/community-edit/community-edit${isNew ? '?isNew=1' : ''}`
