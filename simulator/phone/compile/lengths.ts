const RPX = /(-?(?:\d*\.)?\d+)rpx\b/g
const VH = /(-?(?:\d*\.)?\d+)vh\b/g

/**
 * WeChat's units in CSS a browser reads: 750 rpx are the phone's width (`--rpx` says how long one is), `vh` counts the page's own
 * height without navigation bar (a container unit), and safe areas come from the drawn phone.
 */
export const toBrowserLengths = (value: string): string =>
  value
    .replace(RPX, (_, count: string) => (Number(count) === 0 ? '0px' : `calc(${count} * var(--rpx))`))
    .replace(VH, '$1cqh')
    .replace(/\bconstant\(safe-area-inset-(\w+)\)/g, 'var(--safe-$1, 0px)')
    .replace(/\benv\(safe-area-inset-(\w+)(?:\s*,[^()]*)?\)/g, 'var(--safe-$1, 0px)')
