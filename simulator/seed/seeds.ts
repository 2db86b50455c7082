import type { CloudOptions } from '../cloud/cloud'
import { emptyCompany, village } from './village'

/** What `--seed` and `/control/reset` know by name. */
export const seeds: CloudOptions['seeds'] = { village, empty: emptyCompany }
