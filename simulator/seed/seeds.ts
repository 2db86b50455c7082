import type { CloudOptions } from '../cloud/cloud'
import { town } from './town'
import { emptyCompany, village } from './village'

/** What `--seed` and `/control/reset` know by name. */
export const seeds: CloudOptions['seeds'] = { village, town: town(1), 'town-30000': town(10), empty: emptyCompany }
