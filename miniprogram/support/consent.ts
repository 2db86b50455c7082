type ConsentAnswer = 'accept' | 'reject' | 'ban' | 'filter' | 'acceptWithAudio' | 'acceptWithAlert'
type ConsentResults = Record<string, ConsentAnswer>

// Older WeChat versions take three templates a time.
const atOnce = 3
const answers: readonly string[] = ['accept', 'reject', 'ban', 'filter', 'acceptWithAudio', 'acceptWithAlert']

/**
 * WeChat's panel 「允许发送以下消息」. Must be called first in a tap handler: after anything awaited WeChat refuses to show it.
 * Never rejects and never blocks: no answer, or a switched-off WeChat setting, is an empty result.
 */
export const askConsent = async (templateIds: string[]): Promise<ConsentResults> => {
  const offered = templateIds.slice(0, atOnce)
  if (offered.length === 0) return {}
  try {
    const answer: Record<string, unknown> = await wx.requestSubscribeMessage({ tmplIds: offered })
    const given = offered.filter((templateId) => answers.includes(String(answer[templateId])))
    return Object.fromEntries(given.map((templateId) => [templateId, answer[templateId] as ConsentAnswer]))
  } catch {
    return {}
  }
}
