import type { Status } from '../../services/operations'
import { sayTime } from '../../support/dates'
import { sayCount } from './say-count'
import { tags, type Tag } from './status-tags'
import { checkFacts, keyFact, upkeepBars } from './upkeep-view'

export type Fact = { icon: string; title: string; note: string; tag: Tag }
export type Bar = { word: string; used: string; note: string; width: string; tone: 'done' | 'waiting' | 'urgent' }
type Failure = { key: string; what: string; word: string; counts: string; last: string; isOurs: boolean }

const { well, wrong, notYet } = tags

const functionWords: Record<string, string> = {
  home: '首页', members: '住户与员工', houses: '房屋', 'house-import': '导入房屋', repairs: '报修', 'repair-desk': '报修管理', incidents: '公共事件', messages: '消息',
  operations: '运行与设置', account: '账号', exports: '导出', insights: '统计', tick: '每分钟巡检', nightly: '每晚整理', jobs: '后台任务', backup: '每晚备份', 'content-callback': '照片检查',
}
const functionWord = (name: string): string => (Object.prototype.hasOwnProperty.call(functionWords, name) ? functionWords[name]! : name)

const codeWords: Record<string, string> = {
  INTERNAL: '系统出错', UNAVAILABLE: '外部服务没回应', FORBIDDEN: '没有权限', NOT_FOUND: '没有找到', CONFLICT: '已被改动或太频繁', INVALID_INPUT: '填写有误',
  NOT_SIGNED_IN: '没有登录', UPGRADE_REQUIRED: '小程序太旧',
}

const sayBytes = (bytes: number): string => (bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1_024))} KB` : `${Math.round(bytes / 104_857.6) / 10} MB`)

const backupFact = ({ backup, problems }: Status, now: number): Fact => ({
  icon: 'server',
  title: backup ? `备份：${sayTime(backup.finishedAt, now)}完成` : '还没有备份过',
  note: backup ? `${sayCount(backup.documents)} 份数据，${sayBytes(backup.bytes)}，保留 30 天` : '每天凌晨三点自动备份',
  tag: problems.some(({ kind }) => kind === 'backup_old') ? wrong : backup ? well : notYet,
})

const jobFact = ({ jobs }: Status): Fact => {
  const stuck = jobs.stuck.reduce((sum, { count }) => sum + count, 0)
  return {
    icon: 'time',
    title: stuck > 0 ? `后台任务：${stuck} 件卡住` : `后台任务：${jobs.owed > 0 ? `${jobs.owed} 件排队中` : '都做完了'}`,
    note: stuck > 0 ? jobs.stuck.map(({ kind, count, attempts }) => `${kind} ${count} 件，试过 ${attempts} 次`).join('；') : '通知、照片检查等，每分钟处理一次',
    tag: stuck > 0 ? wrong : well,
  }
}

const robotFact = ({ hasRobot }: Status): Fact => ({
  icon: 'chat',
  title: hasRobot ? '告警：发到企业微信群' : '告警：没有设置企业微信群',
  note: hasRobot ? '每种问题一小时最多提醒一次' : '出了问题只能在这一页看到；到「上线清单」设置群机器人',
  tag: hasRobot ? well : notYet,
})

const timerNote = ({ function: name, isSilent, lastMs }: Status['timers'][number]): string => {
  const isMinutely = name === 'tick'
  if (isSilent) return isMinutely ? '超过 15 分钟没有动静' : '超过一天没有动静'
  return `${isMinutely ? '每 10 分钟记一次' : '每天一次'}，上次用时 ${lastMs ?? 0} 毫秒`
}

const timerFacts = ({ timers }: Status, now: number): Fact[] =>
  timers.filter(({ function: name }) => name !== 'backup').map((timer) => ({
    icon: 'alarm',
    title: `${functionWord(timer.function)}：${timer.lastSucceededAt ? sayTime(timer.lastSucceededAt, now) : '还没有成功过'}`,
    note: timerNote(timer),
    tag: timer.isSilent ? wrong : well,
  }))

const quotaWords: Record<Status['quotas'][number]['kind'], string> = { calls: '调用次数', gbSeconds: '云函数资源 GBs', reads: '数据库读', writes: '数据库写' }

const barOf = ({ kind, used, projected, limit }: Status['quotas'][number]): Bar => {
  const share = limit ? (projected ?? used) / limit : 0
  return {
    word: quotaWords[kind],
    used: limit === null ? sayCount(used) : `${sayCount(used)} / ${sayCount(limit)}`,
    note: projected === null ? '' : `照此到月底约 ${sayCount(projected)}${limit ? `，是套餐的 ${Math.round(share * 100)}%` : ''}`,
    width: limit ? `${Math.min(100, Math.round((used / limit) * 100))}%` : '',
    tone: share > 1 ? 'urgent' : share > 0.8 ? 'waiting' : 'done',
  }
}

const failureOf = (failure: Status['failures'][number], now: number): Failure => ({
  key: `${failure.function}.${failure.action}.${failure.code}`,
  what: `${functionWord(failure.function)} · ${failure.action}`,
  word: codeWords[failure.code] ?? failure.code,
  counts: `今天 ${sayCount(failure.lastDay)} 次，七天 ${sayCount(failure.lastWeek)} 次`,
  last: `最近 ${sayTime(failure.lastAt, now)} · 编号 ${failure.lastRequestId}`,
  isOurs: failure.isOurs,
})

export type StatusView = {
  isWell: boolean
  headline: string
  asOf: string
  problems: Status['problems']
  facts: Fact[]
  month: string
  bars: Bar[]
  hasLimits: boolean
  upkeep: Bar[]
  ours: Failure[]
  refusals: Failure[]
  use: { key: string; what: string; note: string }[]
}

/** What the house says of itself, the sentence first. */
export const viewStatus = (status: Status, now: number): StatusView => {
  const failures = status.failures.map((failure) => failureOf(failure, now))
  return {
    isWell: status.problems.length === 0,
    headline: status.problems.length === 0 ? '一切正常' : `有 ${status.problems.length} 件事需要处理`,
    asOf: `${sayTime(status.asOf, now)}查看`,
    problems: status.problems,
    facts: [...timerFacts(status, now), jobFact(status), backupFact(status, now), ...checkFacts(status, now), keyFact(status, now), robotFact(status)],
    month: `${Number(status.month.slice(5))} 月用量`,
    bars: status.quotas.map(barOf),
    hasLimits: status.quotas.some(({ limit }) => limit !== null),
    upkeep: upkeepBars(status, now),
    ours: failures.filter(({ isOurs }) => isOurs),
    refusals: failures.filter(({ isOurs }) => !isOurs),
    use: status.use.map(({ function: name, calls, averageMs, version }) => ({
      key: name, what: functionWord(name), note: `${sayCount(calls)} 次，平均 ${averageMs} 毫秒，版本 ${version}`,
    })),
  }
}
