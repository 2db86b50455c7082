import { newBuilding, newHouse, type Building, type Community, type House } from '../houses/house'

// Where whoever opens a demonstration lives: WeChat's reviewers, who have no house of ours. The deployment writes these.
export const demonstrationCommunity: Community = {
  _id: 'c-demonstration', schema: 1, version: 1, name: '演示小区', address: '', servicePhones: [],
}
export const demonstrationBuilding: Building = newBuilding(demonstrationCommunity._id, { name: '1', label: '1号楼', entrances: ['1'] })
export const demonstrationHouse: House = newHouse(demonstrationBuilding, { entrance: '1', roomNo: '101', areaSqm: 8888 })
