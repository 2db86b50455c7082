import type { HouseCard } from '../../../cloudfunctions/houses/contract'
import { readArea, sayArea } from '../../support/area'

/** A house as it is written down; without a houseId it is a new one. */
export type HouseForm = { houseId: string; version: number; entrance: string; roomNo: string; area: string }

export const newHouse = (entrance: string): HouseForm => ({ houseId: '', version: 0, entrance, roomNo: '', area: '' })
export const formOfHouse = (house: HouseCard): HouseForm => ({
  houseId: house.houseId, version: house.version, entrance: house.entrance, roomNo: house.roomNo, area: house.areaSqm ? sayArea(house.areaSqm).replace(' ㎡', '') : '',
})

export const wrongArea = (form: HouseForm): Record<string, string> =>
  Number.isNaN(readArea(form.area)) ? { areaSqm: '面积写数字，最多两位小数，例如 88.88' } : {}

export const houseFields = (form: HouseForm) => ({ entrance: form.entrance.trim(), roomNo: form.roomNo.trim(), areaSqm: readArea(form.area) })

/** The houses of a building by entrance, in the order they came. */
export const byEntrance = (houses: HouseCard[]) => {
  const entrances = [...new Set(houses.map((house) => house.entrance))]
  return entrances.map((entrance) => ({
    entrance,
    title: entrance ? `${entrance}单元` : '',
    houses: houses.filter((house) => house.entrance === entrance).map((house) => ({ ...house, area: house.areaSqm ? sayArea(house.areaSqm) : '' })),
  }))
}
