import type { DeskList } from '../../../cloudfunctions/repair-desk/contract'
import type { RepairCard } from '../../../cloudfunctions/repairs/contract'
import { asServiceError } from '../../services/cloud'
import { ensureSession } from '../../services/members'
import { type Board, type BoardFilter, listOnBoard, openBoard, searchRepairs } from '../../services/repair-desk'
import type { RepairPage } from '../../services/repairs'
import { toast } from '../../support/ask'
import { afterLoad, type LoadState } from '../../support/cached'
import type { Tap, Told } from '../../support/events'
import { loadAsMuch } from '../../support/refreshing'
import { session } from '../../support/session'
import { type Nothing, viewNothing, viewTabs, viewWheels, type Wheel } from './board-view'

/** The lists of the board: one at a time, narrowed by filters or found by words; as long after a refresh as it was before. */
export const boardList = Behavior({
  data: {
    listState: 'loading' as LoadState,
    listFailure: '',
    listNote: '',
    tabs: viewTabs(null),
    wheels: [] as Wheel[],
    list: 'waiting' as DeskList,
    search: '',
    role: '',
    rows: [] as RepairCard[],
    nothing: null as Nothing | null,
    isLoadingMore: false,
  },
  methods: {
    part(this: BoardList, cursor?: string): Promise<RepairPage> {
      const { search } = this.data
      return search ? searchRepairs(search, cursor) : listOnBoard(this.filter, cursor)
    },
    async refreshList(this: BoardList) {
      const asked = ++this.asked
      try {
        const [board, loaded] = await Promise.all([
          openBoard(), loadAsMuch(this.data.rows.length, (cursor) => this.part(cursor), ({ repairs }) => repairs), ensureSession(),
        ])
        if (asked === this.asked) this.showList(board, loaded.rows, loaded.nextCursor)
      } catch (error) {
        if (asked !== this.asked) return
        const { state, failure, staleNote } = afterLoad(asServiceError(error), this.data.listState)
        this.setData({ listState: state, listFailure: failure, listNote: staleNote })
      }
    },
    showList(this: BoardList, board: Board, rows: RepairCard[], nextCursor: string | null) {
      const tabs = viewTabs(board)
      const wheels = viewWheels(board, this.filter)
      const nothing = viewNothing(this.data.search, wheels, tabs.find(({ list }) => list === this.data.list)?.empty ?? '')
      this.nextCursor = nextCursor
      this.setData({ listState: 'ready', listNote: '', tabs, nothing, rows, wheels, role: session.get()?.post?.role ?? 'clerk' })
    },
    /** Another list: what was shown is of the other one. */
    startOver(this: BoardList, filter: BoardFilter) {
      this.filter = filter
      this.setData({ list: filter.list, listState: 'loading', rows: [] })
      void this.refreshList()
    },
    onList(this: BoardList, event: Tap<{ list: DeskList }>) {
      this.setData({ search: '' })
      this.startOver({ ...this.filter, list: event.currentTarget.dataset.list })
    },
    onWheel(this: BoardList, event: Told<{ value: number | string }> & Tap<{ index: number }>) {
      const wheel = this.data.wheels[event.currentTarget.dataset.index]
      if (wheel) this.startOver({ ...this.filter, [wheel.field]: wheel.values[Number(event.detail.value)] })
    },
    onWiden(this: BoardList) {
      this.startOver({ list: this.filter.list })
    },
    onSearch(this: BoardList, event: Told<{ value: string }>) {
      this.setData({ search: event.detail.value.trim() })
      this.startOver(this.filter)
    },
    onListRetry(this: BoardList) {
      this.setData({ listState: this.data.listState === 'ready' ? 'ready' : 'loading', listNote: '' })
      void this.refreshList()
    },
    async addMore(this: BoardList) {
      const { asked, nextCursor } = this
      if (!nextCursor || this.data.isLoadingMore) return
      this.setData({ isLoadingMore: true })
      const more = await this.part(nextCursor).catch((error: unknown) => toast(asServiceError(error).message))
      if (more && asked === this.asked) {
        this.nextCursor = more.nextCursor
        this.setData({ rows: [...this.data.rows, ...more.repairs] })
      }
      this.setData({ isLoadingMore: false })
    },
  },
})

/** What a page that takes `boardList` has: its own fields, and the methods of the behaviour. */
export type BoardList = {
  filter: BoardFilter
  asked: number
  nextCursor: string | null
  data: { listState: LoadState; list: DeskList; search: string; rows: RepairCard[]; wheels: Wheel[]; isLoadingMore: boolean }
  setData(change: object): void
  part(cursor?: string): Promise<RepairPage>
  refreshList(): Promise<void>
  showList(board: Board, rows: RepairCard[], nextCursor: string | null): void
  startOver(filter: BoardFilter): void
  addMore(): Promise<void>
}
