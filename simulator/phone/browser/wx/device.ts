import { onSettings, settings, type Settings } from '../host/settings'
import { askModal } from '../sheets/modal'
import { showToast } from '../sheets/toast'
import { api, createListeners, nothing, Refusal } from './call'

let clipboard = ''

const networkOf = ({ network }: Settings) => ({ isConnected: network !== 'offline', networkType: network === 'offline' ? 'none' : 'wifi' })

const connections = createListeners<{ isConnected: boolean; networkType: string }>()
const weakness = createListeners<{ weakNet: boolean; networkType: string }>()

export const watchNetwork = (): void =>
  onSettings((now, before) => {
    if (now.network === before.network) return
    if (networkOf(now).isConnected !== networkOf(before).isConnected) connections.tell(networkOf(now))
    if ((now.network === 'weak') !== (before.network === 'weak'))
      weakness.tell({ weakNet: now.network === 'weak', networkType: networkOf(now).networkType })
  })

export const deviceApis = {
  getNetworkType: api('getNetworkType', () => ({
    networkType: networkOf(settings()).networkType,
    weakNet: settings().network === 'weak',
    hasSystemProxy: false,
    signalStrength: -50,
  })),
  onNetworkStatusChange: connections.on,
  offNetworkStatusChange: connections.off,
  onNetworkWeakChange: weakness.on,
  offNetworkWeakChange: weakness.off,
  makePhoneCall: api<{ phoneNumber: string }>('makePhoneCall', async ({ phoneNumber }) => {
    const { confirm } = await askModal({ content: phoneNumber, confirmText: '呼叫' })
    if (!confirm) throw new Refusal('cancel')
  }),
  setClipboardData: api<{ data: string }>('setClipboardData', async ({ data }) => {
    clipboard = data
    showToast({ title: '内容已复制', icon: 'none' })
    // Not every browser lets a page write there; the phone's own clipboard is enough for pasting inside it.
    await navigator.clipboard?.writeText(data).catch(() => undefined)
  }),
  getClipboardData: api('getClipboardData', () => ({ data: clipboard })),
  vibrateShort: nothing('vibrateShort'),
}
