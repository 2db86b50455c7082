import type { Scenario } from './scenario'
import { contentScenarios } from './scenarios-of-content'
import { moneyScenarios } from './scenarios-of-money'
import { otherScenarios } from './scenarios-of-others'
import { repairScenarios } from './scenarios-of-repairs'
import { visitScenarios } from './scenarios-of-visits'

export const scenarios: Scenario[] = [...repairScenarios, ...visitScenarios, ...contentScenarios, ...moneyScenarios, ...otherScenarios]
