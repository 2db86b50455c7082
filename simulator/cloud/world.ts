import type { Records } from './records'

/** Whether this folder holds a whole world. One whose seeding was cut short is begun again. */
export type World = { isBegun: () => boolean; begin: () => Promise<void>; end: () => Promise<void> }

export const openWorld = (records: Records): World => {
  const marks = records.table<boolean>('world')
  return {
    isBegun: () => marks.get('begun') === true,
    begin: async () => void (await marks.put('begun', true)),
    end: async () => void (await marks.remove('begun')),
  }
}
