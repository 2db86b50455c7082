import { randomUUID } from 'node:crypto'
import type { Outbox } from '../outbox'
import { environmentId } from '../platform'
import { fail, succeed } from './openapi'
import type { OpenapiArguments } from './openapi-wire'
import type { OpenapiCall, OpenapiReply } from './openapi'

const mostNumbers = 1000
const longestContent = 30
const invalidNumber = 'FailedOperation.PhoneNumberInvalid'

/** cloudbase.sendSms and sendSmsV2: nothing is sent, everything is kept in the outbox. */
export const createSmsCalls = (outbox: Outbox): Record<string, OpenapiCall> => {
  const send = async (args: OpenapiArguments, content: string): Promise<OpenapiReply> => {
    const { env, phone_number_list: numbers, template_id: templateId = '', template_param_list: params = [] } = args
    if (env !== environmentId) return fail(-501005, 'invalid env')
    if (!Array.isArray(numbers) || numbers.length === 0 || numbers.length > mostNumbers) {
      return fail(-501007, `phone_number_list must hold 1 to ${mostNumbers} numbers`)
    }
    const statuses = await Promise.all(numbers.map(async (phone: unknown) => {
      if (typeof phone !== 'string' || !/^\+86\d{11}$/.test(phone)) {
        return { serial_no: '', phone_number: String(phone), code: invalidNumber, message: 'invalid number', iso_code: '' }
      }
      await outbox.add({ kind: 'sms', phone, templateId: String(templateId), content, params: (params as unknown[]).map(String) })
      return { serial_no: randomUUID(), phone_number: phone, code: 'Ok', message: 'send success', iso_code: 'CN' }
    }))
    return succeed({ send_status_list: statuses })
  }

  return {
    'cloudbase.sendSms': async (args) => {
      const { content = '' } = args
      if (typeof content !== 'string' || [...content].length > longestContent) {
        return fail(-501007, `content is at most ${longestContent} characters`)
      }
      if (content === '' && !args.template_id) return fail(-501007, 'content or template_id is required')
      return send(args, content)
    },
    'cloudbase.sendSmsV2': async (args) => {
      if (typeof args.template_id !== 'string' || args.template_id === '') return fail(-501007, 'template_id is required')
      return send(args, String(args.url_link ?? ''))
    },
  }
}
