import { createGateway } from './admin/gateway'
import { createCallAsPerson } from './client/call-function'
import { createClientDoors } from './client/client-doors'
import type { Door } from './http/door'
import type { CloudOptions } from './cloud'
import { createControlDoors } from './control/control-doors'
import { createHttpDoor } from './functions/http-door'
import { createNestedInvoke } from './functions/nested-invoke'
import { createOpenapi } from './openapi/openapi'
import { createSmsCalls } from './openapi/sms'
import { getUnlimitedCode } from './openapi/wxacode'
import { createGroupRobot } from './outside/group-robot'
import { createOutsideDoor } from './outside/outside-door'
import { createBillCalls } from './pay/bill'
import { createOrderCalls } from './pay/order-calls'
import { createRefundCalls } from './pay/refund-calls'
import type { Reset } from './reset'
import { createRouter } from './routes'
import type { Services } from './services'
import { createFileDoor } from './storage/file-door'
import { createStorageActions } from './storage/storage-actions'

/** All ways into the cloud, as one door that finds the right one. */
export const createDoors = (services: Services, reset: Reset, pages: CloudOptions['pages']): Door => {
  const { host, storage, signer, clock } = services
  return createRouter({
    gateway: createOwnGateway(services),
    client: createClientDoors({ ...services, callAsPerson: createCallAsPerson(host, services.functionRules), now: clock.now }),
    control: createControlDoors({ ...services, reset }),
    file: createFileDoor(storage, signer, clock.now),
    outside: createOutsideDoor({
      servers: { 'POST qyapi.weixin.qq.com/cgi-bin/webhook/send': createGroupRobot(services.outbox, services.faults, clock.now) },
      invocationOf: host.invocationOf, calls: services.calls, now: clock.now,
    }),
    httpFunction: createHttpDoor(host),
    pages,
  })
}

const createOwnGateway = (services: Services): Door => {
  const { host, ledger, pay, faults, outbox, functions, contentCheck, phoneCodes, subscriptions } = services
  const { now } = services.clock
  const isDeployed = (name: string): boolean => functions.find(name) !== undefined
  const openapiCalls = {
    'subscribeMessage.send': subscriptions.send,
    'security.msgSecCheck': contentCheck.msgSecCheck,
    'security.mediaCheckAsync': contentCheck.mediaCheckAsync,
    'phonenumber.getPhoneNumber': phoneCodes.getPhoneNumber,
    'wxacode.getUnlimited': getUnlimitedCode,
    ...createSmsCalls(outbox),
  }
  return createGateway({
    ...services,
    now,
    invocationOf: host.invocationOf,
    invokeNested: createNestedInvoke(host),
    openapi: createOpenapi(openapiCalls, faults),
    payCalls: {
      ...createOrderCalls({ ledger, now, isDeployed }),
      ...createRefundCalls({ ledger, now, isDeployed, finishLater: pay.finishLater }),
      ...createBillCalls(ledger, now),
    },
    storageActions: createStorageActions(services.storage, services.signer, services.url, now),
  })
}
