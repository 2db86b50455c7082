import * as z from 'zod'
import { cursor, fileId, id, instant, requestId, text } from '../_shared/contract'

/** What may be wrong with the house itself. Each kind alarms at most once an hour, or a day. */
export const problemKind = z.enum(['timer_silent', 'internal_failures', 'jobs_stuck', 'keys_wrong', 'backup_old', 'quota_short', 'check_overdue', 'upkeep_stuck', 'keys_unopened', 'findings', 'payments_suspect'])

/** Chinese, for a manager: what is wrong, and what to do. */
const problem = z.object({ kind: problemKind, title: z.string(), advice: z.string() })

const failure = z.object({
  function: z.string(),
  action: z.string(),
  code: z.string(),
  lastDay: z.number().int(),
  lastWeek: z.number().int(),
  /** Finds the log line of the last one. */
  lastRequestId: z.string(),
  lastAt: instant,
  /** Our fault, or a server's; false for refusals, which are the product at work. */
  isOurs: z.boolean(),
})

const timer = z.object({
  function: z.string(),
  lastSucceededAt: instant.nullable(),
  lastFailedAt: instant.nullable(),
  lastMs: z.number().int().nullable(),
  isSilent: z.boolean(),
})

/** Of one kind of the plan's quotas, this month. `limit` null: nobody has written down what the plan allows. */
const quota = z.object({
  kind: z.enum(['calls', 'gbSeconds', 'reads', 'writes']),
  used: z.number(),
  /** At this pace, by the end of the month; null in the month's first day. */
  projected: z.number().nullable(),
  limit: z.number().nullable(),
})

/** Work on everything that is stored: old shapes made new, or a change of the key. */
const upkeep = z.object({
  kind: z.enum(['rewrite', 'rotation']),
  word: z.string(),
  /** Documents looked at in this pass, of all there are; `total` 0: not begun. A pass that changes something is followed by another. */
  pass: z.number().int(),
  seen: z.number().int(),
  total: z.number().int(),
  changed: z.number().int(),
  failed: z.number().int(),
  movedAt: instant.nullable(),
  isStuck: z.boolean(),
})

/** What a nightly check found in its last whole run, by what is wrong. */
const check = z.object({
  check: z.string(), word: z.string(), at: instant, seenCount: z.number().int(), findingCount: z.number().int(), findings: z.array(z.object({ problem: z.string(), count: z.number().int() })),
})

export const limits = { auditPageSize: 30, noteLength: 100, nameLength: 20 }

/** 上线清单: what must stand before residents come, and what a monthly check of interfaces (接口审计) looks at again. */
export const checkItem = z.enum([
  'first_manager', 'keys', 'backup', 'robot', 'templates', 'content_check', 'content_push', 'storage', 'phone_number', 'category', 'privacy', 'filing', 'merchant', 'sms',
])
/** `test`: a button really tries it. `confirm`: a person looked, and says so. `seen`: the house sees it by itself. */
export const checkKind = z.enum(['test', 'confirm', 'seen'])

const checked = z.object({
  item: checkItem,
  kind: checkKind,
  /** `open`: never proved. `due`: the monthly check is overdue. `failed`: the last test failed, later than any success. */
  state: z.enum(['proved', 'open', 'due', 'failed']),
  /** Chinese: what it is, and how to put it right. */
  title: z.string(),
  purpose: z.string(),
  advice: z.string(),
  /** What is configured, in words; null where there is nothing to configure. */
  configured: z.string().nullable(),
  provedAt: instant.nullable(),
  provedByName: z.string().nullable(),
  note: z.string(),
  /** YYYY-MM-DD; null where nothing has to be looked at again. */
  dueOn: z.string().nullable(),
})

const masked = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])).nullable()
const audit = z.object({
  auditId: z.string(),
  at: instant,
  actorId: z.string(),
  /** Null for one who is no longer on file, and for the system itself. */
  actorName: z.string().nullable(),
  action: z.string(),
  subjectId: z.string(),
  before: masked,
  after: masked,
})

/** The community one works at now, or the whole company. */
export const scope = z.enum(['community', 'company'])
const day = z.iso.date('请选择日期')
const telephone = z.string().regex(/^[0-9][0-9-]{2,18}[0-9]$/, '请填写电话号码，只用数字和短横线')
const color = z.string().regex(/^#[0-9a-fA-F]{6}$/, '请选择一种颜色')
const quotaLimit = z.number().int().min(1, '请填写大于 0 的数').max(1_000_000_000_000).nullable()
const template = z.object({ kind: z.string().regex(/^[a-z_]{1,40}$/), templateId: z.string().regex(/^[A-Za-z0-9_-]{10,64}$/, '模板编号不正确，请从公众平台复制').nullable() })

/** 微信支付商户号, as 商户平台 shows it. */
const merchantId = z.string().regex(/^\d{8,10}$/, '商户号是 8 到 10 位数字，请从微信支付商户平台复制').nullable()
/** Online collection of a community: whether it is open, and which merchant its money goes to, for each kind of charge. */
const payments = z.strictObject({ isOpen: z.boolean(), merchants: z.strictObject({ repair: merchantId }) })

const brand = z.object({ name: z.string(), color, logoFileId: fileId.nullable(), servicePhone: z.string(), emergencyPhone: z.string() })
const settings = z.object({
  scope,
  name: z.string(),
  /** Who may change the whole company's: managers of all its communities. */
  mayChangeCompany: z.boolean(),
  brand,
  /** Only the end of its key; whoever knows all of it can speak in the group. */
  robot: z.string().nullable(),
  templates: z.array(template.extend({ word: z.string(), keywords: z.array(z.string()), complaints: z.array(z.string()) })),
  /** Null for the company: money goes to a community's own merchant. */
  payments: payments.nullable(),
  plan: z.object({ calls: z.number().nullable(), gbSeconds: z.number().nullable(), reads: z.number().nullable(), writes: z.number().nullable() }).nullable(),
  /** Counts changes: a change of settings that somebody else changed meanwhile is refused. */
  version: z.number().int(),
  uploadPrefix: z.string(),
})

export const contract = {
  /** 运行状况: whether the house itself is well, from what it counted of itself. Nothing of any person. */
  status: {
    input: z.strictObject({}),
    output: z.object({
      asOf: instant,
      /** Empty: all is well. The most urgent first. */
      problems: z.array(problem),
      failures: z.array(failure),
      timers: z.array(timer),
      jobs: z.object({
        owed: z.number().int(),
        stuck: z.array(z.object({ kind: z.string(), count: z.number().int(), attempts: z.number().int(), since: instant })),
      }),
      month: z.string(),
      quotas: z.array(quota),
      /** By function, in the last 24 hours. */
      use: z.array(z.object({ function: z.string(), calls: z.number().int(), averageMs: z.number().int(), version: z.string() })),
      /** `unopened`: documents, twenty at most, that could not be sealed anew with this key; `retiredAt`: nothing is sealed with it any more. */
      keys: z.array(z.object({
        keyId: z.string(), state: z.enum(['ok', 'mismatch', 'missing', 'unrecorded']), retiredAt: instant.nullable(), unopened: z.array(z.string()),
      })),
      upkeep: z.array(upkeep),
      checks: z.array(check),
      /** The last one that is whole. */
      backup: z.object({ day: z.string(), finishedAt: instant, documents: z.number().int(), bytes: z.number().int() }).nullable(),
      hasRobot: z.boolean(),
    }),
  },
  checklist: { input: z.strictObject({}), output: z.object({ items: z.array(checked) }) },
  /** Tries one thing for real; a failure is an answer, with what to do. */
  prove: {
    input: z.strictObject({ item: z.enum(['robot', 'templates', 'content_check', 'storage', 'phone_number', 'merchant']) }),
    output: z.object({ isProved: z.boolean(), message: z.string() }),
  },
  confirm: {
    input: z.strictObject({ item: z.enum(['category', 'privacy', 'filing', 'sms']), note: z.string().trim().max(limits.noteLength).default('') }),
    output: z.object({ provedAt: instant }),
  },
  /** 操作记录, newest first. Days are Shanghai's, both included. */
  audits: {
    input: z.strictObject({
      scope: scope.default('community'),
      actorId: id.optional(), action: z.string().regex(/^[A-Za-z-]{1,30}\.[A-Za-z]{1,30}$/, '操作名称不正确').optional(), subjectId: z.string().min(1).max(64).optional(),
      from: day.optional(), to: day.optional(), cursor: cursor.optional(),
    }).refine(({ actorId, subjectId }) => !actorId || !subjectId, '按操作人或按对象查，一次选一种'),
    output: z.object({
      audits: z.array(audit),
      nextCursor: cursor.nullable(),
      /** Whom one can ask about. */
      staff: z.array(z.object({ memberId: id, name: z.string() })),
    }),
  },
  settings: { input: z.strictObject({ scope: scope.default('community') }), output: settings },
  configure: {
    input: z.strictObject({
      requestId,
      scope,
      version: z.number().int().min(0).max(1_000_000),
      brand: z.strictObject({
        name: text(limits.nameLength, '请填写名称'), color, logoFileId: fileId.nullable(), servicePhone: telephone, emergencyPhone: telephone,
      }).optional(),
      /** Null: no robot. */
      webhook: z.string().regex(/^https:\/\/qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\/send\?key=[0-9a-fA-F-]{36}$/, '请粘贴企业微信群机器人的完整地址').nullable().optional(),
      templates: z.array(template).max(40).optional(),
      /** Of a community only, by a manager of all of it. */
      payments: payments.optional(),
      plan: z.strictObject({ calls: quotaLimit, gbSeconds: quotaLimit, reads: quotaLimit, writes: quotaLimit }).optional(),
    }),
    output: z.object({
      version: z.number().int(),
      color: z.string(),
      /** The chosen colour was too light for white words, and was made darker. */
      isColorCorrected: z.boolean(),
    }),
  },
}
export type OperationsContract = typeof contract
export type ProblemKind = z.output<typeof problemKind>
export type Problem = z.output<typeof problem>
export type Status = z.output<typeof contract.status.output>
export type CheckItem = z.output<typeof checkItem>
export type Checked = z.output<typeof checked>
export type Scope = z.output<typeof scope>
export type AuditEntry = z.output<typeof audit>
export type Settings = z.output<typeof settings>
