import * as simulate from 'miniprogram-simulate'
import { loadPage, phone, refusal } from '../support/load-page'
import { aSession } from '../support/phone-answers'

const page = 'features/members/pages/house-apply/house-apply'
const lake = { communityId: 'c-1', name: '翠湖花园', address: '湖滨路 1 号', servicePhones: [] }
const garden = { communityId: 'c-2', name: '桂花里', address: '', servicePhones: [] }
const house = { houseId: 'h-501', label: '3号楼2单元501', building: '3', entrance: '2', roomNo: '501' }

const lower = { ...house, houseId: 'h-101', label: '3号楼1单元101', entrance: '1', roomNo: '101' }
const villa = { houseId: 'h-a1', label: 'A座101', building: 'A', entrance: '', roomNo: '101' }
const browse = {
  browseBuildings: () => ({ buildings: [{ building: '3', label: '3号楼', entrances: ['1', '2'] }, { building: 'A', label: 'A座', entrances: [] }, { building: '9', label: '9号楼', entrances: [] }] }),
  // The second half of a large building comes with its own call.
  browseHouses: ({ building, cursor }: { building: string; cursor?: string }) => {
    if (building === 'A') return { houses: [villa], nextCursor: null }
    if (building === '9') return { houses: [], nextCursor: null }
    return cursor ? { houses: [house], nextCursor: null } : { houses: [lower], nextCursor: 'more' }
  },
}

type Answers = { communities?: object[]; find?: (input: { text: string }) => unknown; apply?: (input: never) => unknown }
const open = ({ communities = [lake], find = () => ({ houses: [house] }), apply = () => ({ applicationId: 'a-1', status: 'pending' }) }: Answers = {}) =>
  loadPage(page, {
    functions: {
      houses: { directory: () => ({ communities }), find: find as (input: never) => unknown, ...browse },
      members: { session: () => aSession({ member: null, houses: [] }), apply },
    },
  })
type Page = Awaited<ReturnType<typeof open>>
const type = async (apply: Page, text: string) => {
  await apply.call('onText', { detail: { value: text } })
  await simulate.sleep(330)
}
const fill = async (apply: Page) => {
  await type(apply, '3-2-501')
  await apply.call('onHouse', { currentTarget: { dataset: { index: 0 } } })
  await apply.call('onRelation', { detail: { values: ['tenant'] } })
  await apply.call('onField', { detail: { name: 'name', value: '刘洋' } })
}

describe('applying for a house', () => {
  it('looks for the house once somebody pauses typing, and sends what was chosen', async () => {
    const apply = await open()
    await fill(apply)
    expect(phone.asked('houses.find').map(({ options }) => options)).toEqual([{ communityId: 'c-1', text: '3-2-501' }])
    await apply.call('onSubmit')
    expect(phone.asked('members.apply')[0]?.options).toMatchObject({ houseId: 'h-501', relation: 'tenant', name: '刘洋', note: '' })
    expect(phone.asked('wx.navigateBack')).toHaveLength(1)
  })

  it('leads by building, entrance and room to the house for those who would rather look than type', async () => {
    const apply = await open()
    await apply.call('onBrowse')
    expect(apply.text()).toContain('哪一栋3号楼A座9号楼')
    await apply.call('onPick', { detail: { key: '3' } })
    await simulate.sleep(30)
    expect(apply.text()).toContain('3号楼·几单元1单元2单元')
    await apply.call('onPick', { detail: { key: '2' } })
    expect(apply.text()).toContain('3号楼2单元·几室501')
    await apply.call('onPick', { detail: { key: 'h-501' } })
    expect(apply.text()).not.toContain('几室')
    await apply.call('onRelation', { detail: { values: ['owner'] } })
    await apply.call('onField', { detail: { name: 'name', value: '刘洋' } })
    await apply.call('onSubmit')
    expect(phone.asked('members.apply')[0]?.options).toMatchObject({ houseId: 'h-501' })
  })

  it('asks for no entrance where there is none, and says so where no house is written down', async () => {
    const apply = await open()
    await apply.call('onBrowse')
    await apply.call('onPick', { detail: { key: 'A' } })
    await simulate.sleep(30)
    expect(apply.text()).toContain('A座·几室101')
    await apply.call('onCloseBrowsing')
    await apply.call('onBrowse')
    await apply.call('onPick', { detail: { key: '9' } })
    await simulate.sleep(30)
    expect(apply.text()).not.toContain('哪一栋')
    expect(phone.asked('wx.showToast').at(-1)?.options).toMatchObject({ title: '9号楼还没有登记房屋，请打物业电话问问' })
  })

  it('says what is missing before anything is sent', async () => {
    const apply = await open()
    await apply.call('onSubmit')
    expect(apply.text()).toContain('请输入房号，再从下面点选您的房屋')
    expect(apply.text()).toContain('请选一下您是这套房屋的什么人')
    expect(apply.text()).toContain('请填写姓名')
    expect(phone.asked('members.apply')).toEqual([])
  })

  it('says how else to write it when no house is found', async () => {
    const apply = await open({ find: () => ({ houses: [] }) })
    await type(apply, '九栋')
    expect(apply.text()).toContain('没有找到，换个写法试试')
  })

  it('never lets an earlier answer overwrite a later one', async () => {
    const late = { ...house, houseId: 'h-late', label: '1号楼1单元101' }
    const apply = await open({ find: async ({ text }) => {
      if (text === '1') await simulate.sleep(400)
      return { houses: [text === '1' ? late : house] }
    } })
    await type(apply, '1')
    await type(apply, '3-2-501')
    await simulate.sleep(200)
    expect(apply.text()).toContain('3号楼2单元501')
    expect(apply.text()).not.toContain('1号楼1单元101')
  })

  it('forgets the chosen house when the community changes', async () => {
    const apply = await open({ communities: [lake, garden] })
    await fill(apply)
    await apply.call('onChoose')
    expect(apply.text()).toContain('您住在哪个小区翠湖花园湖滨路1号桂花里')
    await apply.call('onPick', { detail: { key: 'c-2' } })
    expect(apply.text()).toContain('桂花里换小区')
    await apply.call('onSubmit')
    expect(phone.asked('members.apply')).toEqual([])
  })

  it('keeps what was written when the cloud refuses, and sends it again under the same id', async () => {
    let isFirst = true
    const apply = await open({ apply: () => {
      if (!isFirst) return { applicationId: 'a-1', status: 'pending' }
      isFirst = false
      throw refusal('CONFLICT', '您申请得太多了，请等前面的有结果')
    } })
    await fill(apply)
    await apply.call('onSubmit')
    expect(apply.text()).toContain('您申请得太多了，请等前面的有结果')
    await apply.call('onSubmit')
    const [first, second] = phone.asked('members.apply').map(({ options }) => (options as { requestId: string }).requestId)
    expect(second).toBe(first)
  })
})
