import { openVillage, type Village } from '../support/village'

let village: Village
beforeAll(async () => { village = await openVillage() })
afterAll(() => village.close())

const create = (input: object) => village.as('wang').callRaw('repairs', { action: 'create', input })
const whole = { requestId: 'a-request-of-wang', houseId: 'h-3-2-501', category: 'plumbing', urgency: 'normal', description: '漏水', photos: [] }

describe('an input that is refused', () => {
  it('says in Chinese what is wrong with a field, whatever its kind', async () => {
    expect(await create({ ...whole, category: undefined, urgency: 'now', houseId: 7, description: { $gt: '' }, role: 'manager' })).toMatchObject({
      ok: false,
      error: {
        code: 'INVALID_INPUT', message: '填写的内容不正确',
        fields: { category: '请填写这一项', urgency: '请从列出的选项中选择', houseId: '填写的内容不正确', description: '填写的内容不正确', role: '不接受这一项' },
      },
    })
  })

  it('says it in Chinese when it is no input at all', async () => {
    expect(await village.as('wang').callRaw('repairs', { action: 'create', input: [] })).toMatchObject({ error: { fields: { input: '填写的内容不正确' } } })
    expect(await village.as('wang').callRaw('repairs', { input: {} })).toMatchObject({ error: { fields: { action: '请填写这一项' } } })
  })

  it('is refused in a few words, though a hundred thousand photos and five thousand unknown fields are wrong with it', async () => {
    const photos = Array.from({ length: 100_000 }, () => 0)
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`field${n}`, n]))
    for (const input of [{ ...whole, photos }, { ...whole, ...unknown }, { ...whole, ['k'.repeat(90_000)]: 1 }]) {
      const answer = await create(input)
      expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
      expect(JSON.stringify(answer).length).toBeLessThan(1_500)
    }
  })
})
