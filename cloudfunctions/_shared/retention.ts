import { companyId, readConfiguration } from './configuration'

/** How many days something personal is kept after it has served. */
export type RetentionDays = { endedResidency: number; decidedApplication: number; reveal: number }

const usual: RetentionDays = { endedResidency: 180, decidedApplication: 180, reveal: 3 * 365 }

/** As the company configured it; what it left out is as usual. At most one round trip. */
export const readRetention = async (): Promise<RetentionDays> => ({ ...usual, ...(await readConfiguration(companyId)).retention })
