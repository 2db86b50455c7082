import type { AuditPage } from '../../../../services/operations'
import { searchAudits } from '../../../../services/operations'
import { auditedActions, sayAudited } from '../../../../support/audit-words'
import type { Tap, Told } from '../../../../support/events'
import { asksAgain, loadMore, notLoaded, refreshPage } from '../../../../support/refreshing'
import type { AuditRow } from '../../audit-view'
import { viewAudit } from '../../audit-view'

type Search = { actorId?: string; action?: string; subjectId?: string; from?: string; to?: string }

Page({
  ...asksAgain,
  data: {
    ...notLoaded,
    rows: [] as AuditRow[],
    isLoadingMore: false,
    isSearching: false,
    staff: ['所有人'],
    staffIndex: 0,
    actions: ['所有操作', ...auditedActions.map(sayAudited)],
    actionIndex: 0,
    from: '',
    to: '',
    subject: '',
  },
  nextCursor: null as string | null,
  staffIds: [] as string[],
  search: {} as Search,

  onLoad() {
    void this.refresh()
  },

  async refresh() {
    await refreshPage(this, `operations.audits.${JSON.stringify(this.search)}`, { load: () => searchAudits(this.search), show: (page) => this.show(page) })
  },

  show({ audits, nextCursor, staff }: AuditPage) {
    this.nextCursor = nextCursor
    this.staffIds = staff.map(({ memberId }) => memberId)
    this.setData({ state: 'ready', rows: audits.map(viewAudit), staff: ['所有人', ...staff.map(({ name }) => name)] })
  },

  change(part: Search) {
    const search = { ...this.search, ...part }
    this.search = Object.fromEntries(Object.entries(search).filter(([, value]) => value)) as Search
    this.setData({ state: 'loading', rows: [], isSearching: Object.keys(this.search).length > 0 })
    void this.refresh()
  },

  // One asks about a person or about a thing: both at once is no question anybody has.
  onStaff(event: Told<{ value: string }>) {
    const staffIndex = Number(event.detail.value)
    this.setData({ staffIndex, subject: '' })
    this.change({ actorId: this.staffIds[staffIndex - 1], subjectId: undefined })
  },
  onSubject(event: Told<{ value: string }>) {
    const subject = event.detail.value.trim()
    this.setData({ staffIndex: 0, subject })
    this.change({ subjectId: subject, actorId: undefined })
  },
  onAction(event: Told<{ value: string }>) {
    const actionIndex = Number(event.detail.value)
    this.setData({ actionIndex })
    this.change({ action: auditedActions[actionIndex - 1] })
  },
  onFrom(event: Told<{ value: string }>) {
    this.setData({ from: event.detail.value })
    this.change({ from: event.detail.value })
  },
  onTo(event: Told<{ value: string }>) {
    this.setData({ to: event.detail.value })
    this.change({ to: event.detail.value })
  },
  onOfSubject(event: Tap<{ subject: string }>) {
    this.onSubject({ detail: { value: event.currentTarget.dataset.subject } })
  },
  onAll() {
    this.search = {}
    this.setData({ staffIndex: 0, actionIndex: 0, from: '', to: '', subject: '' })
    this.change({})
  },

  async onReachBottom() {
    await loadMore(this, (cursor) => searchAudits({ ...this.search, cursor }), ({ audits }) => this.setData({ rows: [...this.data.rows, ...audits.map(viewAudit)] }))
  },
})
