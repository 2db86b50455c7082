/** A house as somebody named it. `entrance` null: they did not say. Numbers are without leading zeros, letters are capitals. */
export type HouseName = { building: string; entrance: string | null; roomNo: string }
export type Room = { building: string; entrance: string; roomNo: string }

const numerals = '零〇一二三四五六七八九十百两'
const digitOf: Record<string, number> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }

/** 十二 is 12 and 一百零二 is 102, but 五零一 is read digit by digit: 501. */
const numberOf = (written: string): string => {
  if (!/[十百]/.test(written)) return [...written].map((character) => digitOf[character]).join('')
  let [sum, digit] = [0, 0]
  for (const character of written) {
    if (character === '百' || character === '十') {
      sum += (digit || 1) * (character === '百' ? 100 : 10)
      digit = 0
    } else digit = digitOf[character]!
  }
  return String(sum + digit)
}

const units = '期|号|栋|幢|座|楼|单元|门|梯|层|室|房|户'
// A numeral belongs to a name such as 三元里 unless a unit, a number or the end follows.
const writtenNumber = new RegExp(`[${numerals}]+(?=${units}|[-#0-9]|$)`, 'g')
const separators = /[-\u2010-\u2015\u2212_/\\.·,、,。~:;|+*]+/g

/** One way of writing for all: half-width, capitals, digits, `-` between the parts and nowhere else. */
const normalise = (text: string): string =>
  text.normalize('NFKC').toUpperCase()
    .replace(/[第()（）【】[\]]/g, '')
    .replace(separators, '-')
    .replace(/(?<=[0-9A-Z])\s+(?=[0-9A-Z])/g, '-')
    .replace(/\s+/g, '')
    .replace(writtenNumber, numberOf)
    .replace(/(?<=[^0-9A-Z])-+|-+(?=[^0-9A-Z])/g, '')
    .replace(/^[-#]+|[-#]+$/g, '')
    .replace(/-+/g, '-')

/** 0501 → 501, B01 → B1, 1201A stays. */
const plain = (part: string): string => part.replace(/(^|[^0-9])0+(?=[0-9])/g, '$1')

const buildingNumber = '[0-9]{1,4}[A-Z]?|[A-Z]{1,2}[0-9]{0,3}'
const buildingUnit = '号楼|#楼|栋楼|幢楼|号|栋|幢|座|楼|#'
const phase = '(?:([0-9]{1,2})期)?'
const entranceNumber = '[0-9]{1,2}|[A-Z]'
const roomNumber = '[0-9]{1,5}[A-Z]?|[A-Z]{1,2}[0-9]{1,4}'
const roomUnit = '(?:号房|室|房|号|户)?'

const marked = new RegExp(`^${phase}(?:(${buildingNumber})|(\\p{Script=Han}{1,8}?))(?:${buildingUnit})-?(.+)$`, 'u')
const named = /^(\p{Script=Han}{2,8})((?:[0-9]|[A-Z](?:[0-9]|单元)).*)$/u
const unmarked = new RegExp(`^${phase}(${buildingNumber})-(.+)$`)
const withEntrance = new RegExp(`^(${entranceNumber})(?:单元|门|梯)-?(.+)$`)
const roomAlone = new RegExp(`^(${roomNumber})${roomUnit}$`)
const onFloor = new RegExp(`^([0-9]{1,2})(?:层|楼|F)-?(${roomNumber})${roomUnit}$`)
const dashed = new RegExp(`^(${entranceNumber})-(.+)$`)
const letterAndRoom = /^([A-Z])([0-9]{3,4})$/

/** 5 and 01 are 501; a number that carries its floor already stays. */
const roomOnFloor = (floor: string, room: string): string => (room.length <= 2 ? `${plain(floor)}${room.padStart(2, '0')}` : room)

const readRoom = (text: string): string[] => {
  const [, alone] = roomAlone.exec(text) ?? []
  if (alone !== undefined) return [alone]
  const [, floor, room] = onFloor.exec(text) ?? []
  return floor !== undefined && room !== undefined ? [roomOnFloor(floor, room)] : []
}

type Rest = Omit<HouseName, 'building'>
/** What follows the building: 2单元501, 2-501, 501, 5-01 …, the likelier reading first. */
const readRest = (text: string): Rest[] => {
  const [, entrance, inside] = withEntrance.exec(text) ?? []
  if (entrance !== undefined) return readRoom(inside!).map((roomNo) => ({ entrance, roomNo }))
  const [, first, second] = dashed.exec(text) ?? []
  if (first !== undefined) {
    const rooms = readRoom(second!)
    const [, floor, room] = dashed.exec(second!) ?? []
    return [
      ...rooms.map((roomNo) => ({ entrance: first, roomNo })),
      ...(/^[0-9]+$/.test(first) ? rooms.filter((roomNo) => /^[0-9]{2}$/.test(roomNo)).map((roomNo) => ({ entrance: null, roomNo: roomOnFloor(first, roomNo) })) : []),
      ...(floor !== undefined && /^[0-9]{2}$/.test(room!) ? [{ entrance: first, roomNo: roomOnFloor(floor, room!) }] : []),
    ]
  }
  return readRoom(text).flatMap((roomNo): Rest[] => [
    { entrance: null, roomNo },
    // 2501 may be room 501 of entrance 2, where rooms are numbered so.
    ...(/^[1-9][1-9][0-9]{2}$/.test(roomNo) ? [{ entrance: roomNo[0]!, roomNo: roomNo.slice(1) }] : []),
  ])
}

const inBuilding = (phaseNo: string | undefined, building: string, rests: Rest[]): HouseName[] =>
  rests.map(({ entrance, roomNo }) => ({
    building: `${phaseNo === undefined ? '' : `${plain(phaseNo)}期`}${plain(building)}`,
    entrance: entrance === null ? null : plain(entrance), roomNo: plain(roomNo),
  }))

const readMarked = (text: string): HouseName[] => {
  const [, phaseNo, numbered, han, rest] = marked.exec(text) ?? []
  return rest === undefined ? [] : inBuilding(phaseNo, (numbered ?? han)!, readRest(rest))
}

const readUnmarked = (text: string): HouseName[] => {
  const [, phaseNo, building, rest] = unmarked.exec(text) ?? []
  if (building === undefined) return []
  const plainly = inBuilding(phaseNo, building, readRest(rest!))
  // 1-3-2-501 and 1-3-501 may begin with the phase.
  const later = phaseNo === undefined && /^[0-9]{1,2}$/.test(building) ? unmarked.exec(rest!) : null
  return [...plainly, ...(later && later[1] === undefined ? inBuilding(building, later[2]!, readRest(later[3]!)) : [])]
}

const readNamed = (text: string): HouseName[] => {
  const [, name, rest] = named.exec(text) ?? []
  return name === undefined ? [] : inBuilding(undefined, name, readRest(rest!))
}

const readLetter = (text: string): HouseName[] => {
  const [, building, roomNo] = letterAndRoom.exec(text) ?? []
  return building === undefined ? [] : [{ building, entrance: null, roomNo: plain(roomNo!) }]
}

// What somebody writes before the building: the community, the street and its number.
const beforeBuilding = new RegExp(`^.*\\p{Script=Han}(?<!期)(?=(?:[0-9]{1,2}期)?(?:${buildingNumber})(?:号楼|#|栋|幢|座)|[0-9]{1,2}期)`, 'u')

const longest = 60
const keyOf = ({ building, entrance, roomNo }: HouseName) => `${building}/${entrance ?? ''}/${roomNo}`

/** Every way to read what somebody typed for a house, the likeliest first; none for what names no house. */
export const parseHouseName = (text: string): HouseName[] => {
  if (text.length > longest) return []
  const written = normalise(text)
  const short = written.replace(beforeBuilding, '')
  const readings = [written, ...(short === written ? [] : [short])].flatMap((each) => [readMarked, readUnmarked, readNamed, readLetter].flatMap((read) => read(each)))
  return [...new Map(readings.map((reading) => [keyOf(reading), reading])).values()]
}

const buildingAlone = new RegExp(`^${phase}(?:(${buildingNumber})|(\\p{Script=Han}{1,8}?))(?:${buildingUnit})?$`, 'u')

/** The building somebody wrote: 3号楼, 3#, 三栋, A座, 1期3幢, 紫荆阁 → 3, 3, 3, A, 1期3, 紫荆阁; null for what names none. */
export const parseBuildingName = (text: string): string | null => {
  if (text.length > longest) return null
  const [whole, phaseNo, numbered, han] = buildingAlone.exec(normalise(text)) ?? []
  if (whole === undefined) return null
  return `${phaseNo === undefined ? '' : `${plain(phaseNo)}期`}${plain((numbered ?? han)!)}`
}

const entranceAlone = new RegExp(`^(${entranceNumber})(?:单元|门|梯)?$`)
/** 2单元, 二, 02 → 2; '' for nothing written or 无; null for what is no entrance. */
export const parseEntrance = (text: string): string | null => {
  const written = normalise(text)
  if (/^(无|没有)?$/.test(written)) return ''
  const [, entrance] = entranceAlone.exec(written) ?? []
  return entrance === undefined ? null : plain(entrance)
}

/** 501室, 0501, 5层01 → 501; null for what is no room. */
export const parseRoomNo = (text: string): string | null => {
  const [roomNo] = readRoom(normalise(text))
  return roomNo === undefined ? null : plain(roomNo)
}

/** How a building is called unless the company says otherwise: 3号楼, A座, 紫荆阁. */
export const buildingLabelOf = (building: string): string =>
  /[0-9]$/.test(building) ? `${building}号楼` : /[A-Z]$/.test(building) ? `${building}座` : building

/** As residents say it: 3号楼2单元501 */
export const houseLabelOf = (buildingLabel: string, { entrance, roomNo }: Omit<Room, 'building'>): string =>
  `${buildingLabel}${entrance === '' ? '' : `${entrance}单元`}${roomNo}`

/** What a house is looked up by, whether or not the entrance is said. */
export const nameKeyOf = ({ building, roomNo }: Pick<Room, 'building' | 'roomNo'>): string => `${building}/${roomNo}`

const padded = (text: string): string => text.replace(/[0-9]+/g, (digits) => digits.padStart(6, '0'))
/** In the order of entrance and room: 2单元901 before 2单元1001. */
export const orderKeyOf = ({ entrance, roomNo }: Omit<Room, 'building'>): string => `${padded(entrance)}/${padded(roomNo)}`
export const buildingOrderKeyOf = (building: string): string => padded(building)

const fits = (name: HouseName, room: Room): boolean =>
  // Where a building has no entrances, somebody who says one means the only one.
  name.building === room.building && name.roomNo === room.roomNo && (name.entrance === null || room.entrance === '' || name.entrance === room.entrance)

/** The houses that a name may mean, those of its likeliest reading first. */
export const housesNamed = <R extends Room>(names: HouseName[], houses: R[]): R[] =>
  [...new Set(names.flatMap((name) => houses.filter((house) => fits(name, house))))]
