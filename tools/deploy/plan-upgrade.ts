import { isOlder } from '../../cloudfunctions/_shared/client-version'
import { rewriteJobOf } from '../../cloudfunctions/_shared/upkeep-job'
import type { Declared } from './declared'
import { putDocument } from './documents'
import type { Online } from './online'
import { emptyPlan, type Plan } from './plan'
import { releaseIn } from './plan-functions'
import type { Cloud } from './tools'

/**
 * Documents of older releases are upgraded as they are read, but a query finds them by a new field only once they are stored anew. The job
 * comes after the functions: the older `tick` does not know it.
 */
export const planRewriting = ({ declared, online, cloud, now }: { declared: Declared; online: Online; cloud: Cloud; now: Date }): Plan => {
  const plan = emptyPlan()
  const versions = [...online.functions.values()].map(({ Description }) => releaseIn(Description ?? '')?.version)
  // Release 0.1.0 was uploaded by hand, and names itself nowhere.
  if (!versions.some((version) => version === undefined || isOlder(version, declared.version))) return plan
  plan.steps.push({
    part: 'functions', says: `have tick store anew, at leisure, what older releases stored (job rewrite_${declared.version})`,
    take: async () => void (await putDocument(cloud, 'jobs', rewriteJobOf(declared.version, now))),
  })
  return plan
}
