import type { Configuration } from '../../cloudfunctions/_shared/configuration'
import { demonstrationBuilding, demonstrationCommunity, demonstrationHouse } from '../../cloudfunctions/members/demonstration-house'
import type { Environment } from './environments'

type FirstDocuments = { collection: string; says: string; documents: (Record<string, unknown> & { _id: string })[] }

/** What people see until the company has set its own brand and numbers. */
const configuration = (_id: string, name: string): Configuration => ({
  _id, schema: 1, name,
  brand: { name: '物业服务', color: '#0f7b6c', logoFileId: null, servicePhone: '', emergencyPhone: '' },
  templates: {},
})

/** Without these the first person who opens the mini-program would see a failure. */
export const firstDocuments = ({ kind }: Environment): FirstDocuments[] => {
  if (kind !== 'demonstration') {
    return [{ collection: 'configurations', says: "write the company's first configuration", documents: [configuration('company', '物业服务')] }]
  }
  const { _id, name } = demonstrationCommunity
  return [
    { collection: 'communities', says: 'write the demonstration community', documents: [demonstrationCommunity] },
    { collection: 'buildings', says: 'write the demonstration building', documents: [demonstrationBuilding] },
    { collection: 'houses', says: "write the demonstration house, where WeChat's reviewers live", documents: [demonstrationHouse] },
    { collection: 'configurations', says: "write the company's and the community's first configuration", documents: [configuration('company', name), configuration(_id, name)] },
  ]
}
