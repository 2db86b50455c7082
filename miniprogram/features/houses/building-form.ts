/** A building as it is written down; without a version it is a new one. Entrances as people list them: 1、2、3. */
export type BuildingForm = { building: string; label: string; entrances: string; version: number }

export const newBuilding = (): BuildingForm => ({ building: '', label: '', entrances: '', version: 0 })

export const listEntrances = (text: string): string[] => text.split(/[\s,，、;；]+/).filter(Boolean)

/** What people call it, unless they say otherwise. */
export const labelOr = (form: BuildingForm): string => form.label.trim() || (form.building.trim() ? `${form.building.trim()}号楼` : '')
