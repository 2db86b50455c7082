import type { Category, Slot, Step, Urgency } from '../../../cloudfunctions/repairs/contract'
import type { Photo } from '../../support/photos'
import type { Cost } from './costing'

/** What a step asks of a person before it is taken; a step that is not here needs nothing but a tap. */
export type StepForm = {
  title: string
  submit: string
  note: 'none' | 'optional' | 'required'
  noteHint: string
  /** Usual words: one tap writes them. */
  chips: string[]
  photos: 'none' | 'optional' | 'required'
  picks: '' | 'technician' | 'day' | 'stars' | 'urgency' | 'order' | 'slot'
  /** What the work really cost. */
  asksCost: boolean
}

const form = (title: string, submit: string, more: Partial<StepForm> = {}): StepForm => ({
  title, submit, note: 'optional', noteHint: '', chips: [], photos: 'none', picks: '', asksCost: false, ...more,
})

const forms: Partial<Record<Step, StepForm>> = {
  cancel: form('为什么取消', '取消报修', { noteHint: '可以不写', chips: ['已经自己修好了', '暂时不用了', '填错了，重新报'] }),
  decline: form('想怎么商量', '再商量', { noteHint: '例如：材料我自己买行吗', chips: ['价格有点高', '材料我自己买', '想先电话问问'] }),
  reopen: form('哪里还没修好', '重新打开', { note: 'required', noteHint: '写一句现在的样子，拍张照片', photos: 'required' }),
  rate: form('这次修得怎么样', '提交评价', { noteHint: '还想说点什么（可以不写）', picks: 'stars' }),
  transfer: form('转给谁', '转单', {
    note: 'required', noteHint: '为什么要转', chips: ['不是我的工种', '手上有急单', '需要专业工具'], picks: 'technician',
  }),
  return: form('为什么退回', '退回', { note: 'required', noteHint: '退回后由客服重新安排', chips: ['联系不上住户', '不是维修范围', '需要外包单位'] }),
  hold: form('先挂起', '挂起', {
    note: 'required', noteHint: '住户会看到原因', chips: ['等配件到货', '住户不在家', '等住户确认时间', '等天气好转'], picks: 'day',
  }),
  record: form('记录现场', '保存', { noteHint: '看到了什么（可以不写）', photos: 'required' }),
  complete: form('修好了什么', '提交完工', {
    note: 'required', noteHint: '写给住户看：换了什么、还要注意什么', chips: ['更换配件，已试用正常', '疏通完成，水流正常', '紧固调整，使用正常'], photos: 'optional', asksCost: true,
  }),
  reschedule: form('约上门时间', '就约这个时间', { note: 'none', picks: 'slot' }),
  prioritize: form('调整紧急程度', '确定', { noteHint: '为什么（可以不写）', picks: 'urgency' }),
  summarize: form('语音里说了什么', '保存', { note: 'required', noteHint: '听完语音，用一两句话写下哪里坏了' }),
  merge: form('和哪一单是同一件事', '合并', { note: 'none', picks: 'order' }),
}
export const formOf = (step: Step): StepForm | null => forms[step] ?? null

/** What has been written into a step's form; kept until it is sent, like every draft. */
export type StepDraft = {
  note: string
  photos: Photo[]
  technicianId: string
  until: string
  stars: number
  tags: string[]
  urgency: Urgency | ''
  category: Category | ''
  intoId: string
  slot: Slot | null
  /** null while it is what was accepted. */
  cost: Cost | null
}
export const emptyStep: StepDraft = {
  note: '', photos: [], technicianId: '', until: '', stars: 0, tags: [], urgency: '', category: '', intoId: '', slot: null, cost: null,
}

export type StepErrors = { note?: string; photos?: string; pick?: string }

const missingPick: Record<StepForm['picks'], (draft: StepDraft) => string> = {
  '': () => '',
  technician: ({ technicianId }) => (technicianId ? '' : '请选一位师傅'),
  day: ({ until }) => (until ? '' : '请选一天'),
  stars: ({ stars }) => (stars ? '' : '请点亮星星'),
  urgency: ({ urgency }) => (urgency ? '' : '请选一个'),
  slot: ({ slot }) => (slot ? '' : '请选一个时间'),
  order: ({ intoId }) => (intoId ? '' : '请选一张报修单'),
}

/** What is plainly missing, before anything is sent; the server judges the rest. */
export const missingInStep = ({ note, photos, picks }: StepForm, draft: StepDraft): StepErrors => {
  const pick = missingPick[picks](draft)
  // Whoever is not content is asked why: without a reason nothing can be made better.
  const needsNote = note === 'required' || (picks === 'stars' && draft.stars > 0 && draft.stars <= 3 && draft.tags.length === 0)
  return {
    ...(pick && { pick }),
    ...(needsNote && !draft.note.trim() && { note: picks === 'stars' ? '请选一个原因，或写一句哪里不满意' : '请写一句，或点一个常用的' }),
    ...(photos === 'required' && draft.photos.length === 0 && { photos: '请至少拍一张照片' }),
  }
}
