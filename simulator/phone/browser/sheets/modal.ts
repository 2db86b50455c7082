import { askSheet, make, makeButton } from './sheet'

export type ModalOptions = {
  title?: string
  content?: string
  showCancel?: boolean
  cancelText?: string
  cancelColor?: string
  confirmText?: string
  confirmColor?: string
  editable?: boolean
  placeholderText?: string
}

type ModalAnswer = { confirm: boolean; cancel: boolean; content?: string }

export const askModal = (options: ModalOptions): Promise<ModalAnswer> =>
  askSheet('modal', (answer) => {
    const field = make('textarea.phone-modal-field') as HTMLTextAreaElement
    field.placeholder = options.placeholderText ?? ''
    field.value = options.editable ? (options.content ?? '') : ''
    const confirm = makeButton(options.confirmText ?? '确定', 'phone-confirm', () =>
      answer({ confirm: true, cancel: false, ...(options.editable && { content: field.value }) }),
    )
    confirm.style.color = options.confirmColor ?? ''
    const cancel = makeButton(options.cancelText ?? '取消', 'phone-cancel', () => answer({ confirm: false, cancel: true }))
    cancel.style.color = options.cancelColor ?? ''
    return [
      ...(options.title ? [make('strong', options.title)] : []),
      options.editable ? field : make('p', options.content ?? ''),
      make('div.phone-answers', ...(options.showCancel === false ? [] : [cancel]), confirm),
    ]
  })

/** Answers the tapped index, or -1 for 取消. */
export const askActionSheet = ({
  itemList,
  itemColor,
  alertText,
}: {
  itemList: string[]
  itemColor?: string
  alertText?: string
}): Promise<number> =>
  askSheet(
    'actions',
    (answer) => [
      ...(alertText ? [make('p', alertText)] : []),
      ...itemList.map((label, index) => {
        const item = makeButton(label, 'phone-action', () => answer(index))
        item.style.color = itemColor ?? ''
        return item
      }),
      makeButton('取消', 'phone-action.phone-cancel', () => answer(-1)),
    ],
    -1,
  )
