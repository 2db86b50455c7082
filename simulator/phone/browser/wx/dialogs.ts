import { preview, type Previewed } from '../sheets/preview'
import { askActionSheet, askModal, type ModalOptions } from '../sheets/modal'
import { hideLoading, hideToast, showLoading, showToast, type ToastOptions } from '../sheets/toast'
import { asTap } from '../engine/gestures'
import { api, Refusal } from './call'

const MOST_ACTIONS = 6

export const dialogApis = {
  showToast: api<ToastOptions>('showToast', showToast),
  hideToast: api('hideToast', hideToast),
  showLoading: api<ToastOptions>('showLoading', showLoading),
  hideLoading: api('hideLoading', hideLoading),
  showModal: api<ModalOptions>('showModal', async (options) => {
    const answer = await askModal(options)
    asTap(() => undefined)
    return answer
  }),
  showActionSheet: api<{ itemList: string[]; itemColor?: string; alertText?: string }>('showActionSheet', async (options) => {
    if (options.itemList.length > MOST_ACTIONS) throw new Refusal('parameter error: itemList should not be large than 6')
    const tapIndex = await askActionSheet(options)
    if (tapIndex < 0) throw new Refusal('cancel')
    asTap(() => undefined)
    return { tapIndex }
  }),
  previewImage: api<{ urls: string[]; current?: string | number }>('previewImage', ({ urls, current }) => {
    const index = typeof current === 'number' ? current : urls.indexOf(current ?? '')
    void preview(urls.map((url) => ({ url })), Math.max(0, index))
  }),
  previewMedia: api<{ sources: Previewed[]; current?: number }>('previewMedia', ({ sources, current }) => {
    void preview(sources, current ?? 0)
  }),
}
