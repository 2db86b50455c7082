import type { HouseChoice } from '../../../cloudfunctions/houses/contract'
import { asServiceError } from '../../services/cloud'
import type { Directory } from '../../services/houses'
import { browseBuildings, browseHouses } from '../../services/houses'

type Choice = { key: string; title: string; meta: string }
/** One list to choose from, of the several that lead to a house. Empty while it is being asked for. */
export type Browsing = { title: string; choices: Choice[] }

type Told = {
  /** What to show now; null when there is nothing to choose any more. */
  step: (step: Browsing | null) => void
  community: (communityId: string) => void
  house: (house: HouseChoice) => void
  refused: (message: string) => void
}

const allHouses = async (communityId: string, building: string, cursor?: string): Promise<HouseChoice[]> => {
  const { houses, nextCursor } = await browseHouses(communityId, building, cursor)
  return nextCursor === null ? houses : [...houses, ...await allHouses(communityId, building, nextCursor)]
}

const choice = (key: string, title: string, meta = ''): Choice => ({ key, title, meta })

/** 小区 → 楼栋 → 单元 → 室, for those who would rather look than type. */
export const createBrowser = (told: Told) => {
  let turn = 0
  let pick: (key: string) => void = () => undefined

  const close = (): void => {
    turn++
    told.step(null)
  }
  const show = (title: string, choices: Choice[], onPick: (key: string) => void): void => {
    pick = onPick
    told.step({ title, choices })
  }
  const ask = async <T>(title: string, question: Promise<T>, answered: (answer: T) => void): Promise<void> => {
    const mine = ++turn
    show(title, [], () => undefined)
    try {
      const answer = await question
      if (mine === turn) answered(answer)
    } catch (error) {
      if (mine !== turn) return
      close()
      told.refused(asServiceError(error).message)
    }
  }

  const showRooms = (title: string, houses: HouseChoice[]): void =>
    show(`${title} · 几室`, houses.map(({ houseId, roomNo }) => choice(houseId, roomNo)), (key) => {
      close()
      told.house(houses.find(({ houseId }) => houseId === key)!)
    })
  const showEntrances = (label: string, houses: HouseChoice[]): void => {
    const entrances = [...new Set(houses.map(({ entrance }) => entrance))]
    if (entrances.length === 1) return showRooms(label, houses)
    return show(`${label} · 几单元`, entrances.map((entrance) => choice(entrance, entrance ? `${entrance}单元` : '没有单元')), (key) =>
      showRooms(`${label}${key ? `${key}单元` : ''}`, houses.filter(({ entrance }) => entrance === key)))
  }
  const openBuilding = (communityId: string, building: string, label: string): void => void ask(label, allHouses(communityId, building), (houses) => {
    if (houses.length > 0) return showEntrances(label, houses)
    close()
    return told.refused(`${label}还没有登记房屋，请打物业电话问问`)
  })

  return {
    communities: (communities: Directory): void =>
      show('您住在哪个小区', communities.map((one) => choice(one.communityId, one.name, one.address)), (key) => {
        close()
        told.community(key)
      }),
    buildings: (communityId: string): void => void ask('哪一栋', browseBuildings(communityId), ({ buildings }) =>
      show('哪一栋', buildings.map(({ building, label }) => choice(building, label)), (key) =>
        openBuilding(communityId, key, buildings.find(({ building }) => building === key)!.label))),
    pick: (key: string): void => pick(key),
    close,
    /** Nobody is there any more to be told. */
    stop: (): void => void turn++,
  }
}
