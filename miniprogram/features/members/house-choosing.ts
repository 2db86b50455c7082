import type { HouseChoice } from '../../../cloudfunctions/houses/contract'
import { toast } from '../../support/ask'
import type { Tap, Told } from '../../support/events'
import { type Browsing, createBrowser } from './house-browsing'
import { createFinder, nothingFound } from './house-finder'

/** Nothing typed, nothing open: how a page starts on which somebody chooses a house. `browsing`: the list that is open to choose from. */
export const notChosen = { browsing: null as Browsing | null, ...nothingFound }

type Shown = Partial<typeof notChosen>
type ChoosingPage = {
  data: { found: HouseChoice[] }
  setData(shown: Shown): void
  finder: ReturnType<typeof createFinder> | null
  browser: ReturnType<typeof createBrowser> | null
  /** In which community. */
  where(): string
  onTyped(text: string): void
  onChosen(house: HouseChoice): void
  choose(house: HouseChoice): void
}

/** A page on which somebody chooses a house: by typing it as they say it, or by building, entrance and room. The page's own are the three above. */
export const choosesHouse = {
  finder: null as ReturnType<typeof createFinder> | null,
  browser: null as ReturnType<typeof createBrowser> | null,

  /** To be called when the page is loaded. */
  beginChoosing(this: ChoosingPage, onCommunity: (communityId: string) => void = () => undefined) {
    this.finder = createFinder((found) => this.setData(found))
    this.browser = createBrowser({ step: (browsing) => this.setData({ browsing }), house: (house) => this.choose(house), community: onCommunity, refused: toast })
  },
  onUnload(this: ChoosingPage) {
    this.finder?.stop()
    this.browser?.stop()
  },
  onText(this: ChoosingPage, event: Told<{ value: string }>) {
    this.onTyped(event.detail.value)
    this.finder?.type(this.where(), event.detail.value)
  },
  onHouse(this: ChoosingPage, event: Tap<{ index: number }>) {
    const house = this.data.found[event.currentTarget.dataset.index]
    if (house) this.choose(house)
  },
  onBrowse(this: ChoosingPage) {
    this.browser?.buildings(this.where())
  },
  onPick(this: ChoosingPage, event: Told<{ key: string }>) {
    this.browser?.pick(event.detail.key)
  },
  onCloseBrowsing(this: ChoosingPage) {
    this.browser?.close()
  },
  choose(this: ChoosingPage, house: HouseChoice) {
    this.finder?.stop()
    this.setData(nothingFound)
    this.onChosen(house)
  },
}
