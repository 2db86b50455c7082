import type { Step } from '../../../cloudfunctions/repairs/contract'

export type StepButton = { step: Step; word: string; icon: string; rank: 'primary' | 'other' | 'quiet' }

// In the order in which they are wanted: the first that is allowed is the page's one main action.
const buttons: Record<Step, Omit<StepButton, 'step' | 'rank'> & { rank: 'primary' | 'quiet' }> = {
  accept: { word: '接受报价', icon: 'check', rank: 'primary' },
  rate: { word: '确认并评价', icon: 'star', rank: 'primary' },
  claim: { word: '我来接单', icon: 'user-checked', rank: 'primary' },
  assign: { word: '派单', icon: 'user-checked', rank: 'primary' },
  arrive: { word: '我到楼下了', icon: 'location', rank: 'primary' },
  start: { word: '开始维修', icon: 'tools', rank: 'primary' },
  resume: { word: '继续维修', icon: 'play-circle', rank: 'primary' },
  complete: { word: '填写完工', icon: 'check-circle', rank: 'primary' },
  summarize: { word: '记下语音内容', icon: 'edit', rank: 'primary' },
  decline: { word: '再商量', icon: 'chat', rank: 'primary' },
  confirm: { word: '确认修好了', icon: 'check-circle', rank: 'primary' },
  urge: { word: '催一下', icon: 'notification', rank: 'primary' },
  quote: { word: '报价', icon: 'money', rank: 'quiet' },
  record: { word: '记录现场', icon: 'camera', rank: 'quiet' },
  reschedule: { word: '约上门时间', icon: 'calendar', rank: 'quiet' },
  hold: { word: '先挂起', icon: 'pause-circle', rank: 'quiet' },
  transfer: { word: '转给别人', icon: 'user-transmit', rank: 'quiet' },
  return: { word: '退回', icon: 'rollback', rank: 'quiet' },
  reopen: { word: '还没修好', icon: 'refresh', rank: 'quiet' },
  prioritize: { word: '调整紧急程度', icon: 'alarm', rank: 'quiet' },
  merge: { word: '合并同类', icon: 'git-merge', rank: 'quiet' },
  cancel: { word: '取消报修', icon: 'close-circle', rank: 'quiet' },
}

type Standing = { assigneeName: string | null; isRated: boolean }

const wordFor = (step: Step, { assigneeName, isRated }: Standing): string => {
  if (step === 'assign' && assigneeName) return '改派'
  return step === 'rate' && isRated ? '修改评价' : buttons[step].word
}

// What somebody may still do, but came for something else.
const isAside = (step: Step, { assigneeName, isRated }: Standing): boolean => (step === 'assign' && assigneeName !== null) || (step === 'rate' && isRated)

/**
 * One button for each step the server allows; a step this release cannot take has none. At most one is primary and one stands beside it,
 * within the thumb's reach; the rest is quiet, further down.
 */
export const viewSteps = (steps: string[], standing: Standing): StepButton[] => {
  const allowed = (Object.keys(buttons) as Step[]).filter((step) => steps.includes(step))
  // Rating confirms as well: two buttons for one thought would only make people wonder.
  const shown = allowed.filter((step) => !(step === 'confirm' && allowed.includes('rate')))
  const [first, second] = shown.filter((step) => buttons[step].rank === 'primary' && !isAside(step, standing))
  return shown.map((step) => ({
    step,
    word: wordFor(step, standing),
    icon: buttons[step].icon,
    rank: step === first && step !== 'urge' ? 'primary' : step === first || step === second ? 'other' : 'quiet',
  }))
}
