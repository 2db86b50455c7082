import * as simulate from 'miniprogram-simulate'
import type { HouseImport } from '../../cloudfunctions/house-import/contract'
import { loadPage, phone, refusal } from '../support/load-page'

const page = 'features/houses/pages/house-import/house-import'
const form = {
  uploadPrefix: 'imports/m-he', limits: { fileBytes: 5 * 1024 * 1024, rowCount: 20_000 },
  columns: [{ title: '楼栋', isRequired: true, example: '3' }, { title: '房号', isRequired: true, example: '501' }], current: null,
}
const anImport = (change: Partial<HouseImport> = {}): HouseImport => ({
  importId: 'i-1', status: 'checked', byName: '何静', checkedAt: '2026-05-03T06:30:00.000Z', finishedAt: null, rowCount: 120, refusedRowCount: 0,
  houses: { created: 100, changed: 5, unchanged: 15 }, people: { created: 90, changed: 2, unchanged: 8 }, newBuildings: [], errorCount: 0, warningCount: 0, problems: [],
  progress: { done: 0, total: 120 }, nextSteps: ['start', 'discard'], ...change,
})
const open = (actions: Record<string, (input: never) => unknown> = {}, file: object | null = { path: 'wxfile://tmp.xlsx', name: '房屋.xlsx', size: 9000 }) => {
  phone.stub('chooseMessageFile', () => Promise.resolve({ tempFiles: file ? [file] : [] }))
  return loadPage(page, { functions: { 'house-import': { prepare: () => form, ...actions } } })
}

describe('an import', () => {
  it('says first which columns a sheet needs', async () => {
    expect((await open()).text()).toContain('楼栋必填例如3房号必填例如501最多20000行')
  })

  it('uploads the chosen file and shows what would come of it, before anything changed', async () => {
    const page = await open({ check: () => ({ import: anImport({ newBuildings: ['5'] }) }) })
    await page.call('onChoose')
    expect(phone.asked('wx.cloud.uploadFile')[0]?.options).toMatchObject({ cloudPath: expect.stringMatching(/^imports\/m-he\/\w{24}\.xlsx$/) })
    expect(phone.asked('house-import.check')[0]?.options).toMatchObject({ fileId: 'cloud://test/photo.jpg', createsBuildings: true })
    expect(page.text()).toContain('检查完了，还没有改动任何东西表里有120行')
    expect(page.text()).toContain('100新增房屋5更新房屋92登记住户15没有变化会新建楼栋：5')
  })

  it('takes unknown buildings for mistakes when asked to', async () => {
    const page = await open({ check: () => ({ import: anImport() }) })
    await page.call('onBuildings', { detail: { values: ['refuse'] } })
    await page.call('onChoose')
    expect(phone.asked('house-import.check')[0]?.options).toMatchObject({ createsBuildings: false })
  })

  it('names the cell of every mistake, and starts without those rows only when told', async () => {
    const problems = [{ cell: 'C17', reason: '手机号少一位', level: 'error' as const }]
    const checked = anImport({ errorCount: 1, refusedRowCount: 1, problems })
    const page = await open({ check: () => ({ import: checked }), start: () => ({ import: anImport({ status: 'done', finishedAt: '2026-05-03T06:31:00.000Z' }) }) })
    await page.call('onChoose')
    expect(page.text()).toContain('C17手机号少一位错误')
    expect(page.text()).toContain('跳过1行，导入其余')
    await page.call('onStart')
    expect(phone.asked('house-import.start')[0]?.options).toEqual({ importId: 'i-1', skipsErrors: true })
    expect(page.text()).toContain('导入完成')
  })

  it('is driven on while somebody watches, with a bar, until it is done', async () => {
    const running = (done: number) => ({ import: anImport({ status: 'running', progress: { done, total: 120 }, nextSteps: ['advance'] }) })
    const page = await open({ check: () => ({ import: anImport() }), start: () => running(30), advance: () => ({ import: anImport({ status: 'done' }) }) })
    await page.call('onChoose')
    await page.call('onStart')
    expect(page.text()).toContain('正在导入')
    expect(page.text()).toContain('30/120批·可以离开，会接着导')
    await simulate.sleep(750)
    expect(page.text()).toContain('导入完成')
    expect(phone.asked('house-import.advance')).toHaveLength(1)
  })

  it('shows a bar from the tap on, also while the call that starts it has not answered, and what was checked again when that fails', async () => {
    const running = (done: number) => ({ import: anImport({ status: 'running', progress: { done, total: 6 }, nextSteps: ['advance'] }) })
    const page = await open({ check: () => ({ import: anImport() }), start: () => simulate.sleep(900).then(() => { throw refusal('CONFLICT', '别人正在导入') }), get: () => running(2) })
    await page.call('onChoose')
    const started = page.call('onStart')
    await simulate.sleep(20)
    expect(page.text()).toContain('正在导入')
    expect(page.text()).toContain('正在开始·可以离开，会接着导')
    await simulate.sleep(750)
    expect(page.text()).toContain('2/6批·可以离开，会接着导')
    expect(page.data.current).toMatchObject({ percent: 33 })
    await started
    expect(page.text()).toContain('检查完了，还没有改动任何东西')
    expect(page.text()).toContain('别人正在导入')
    expect(phone.asked('house-import.advance')).toEqual([])
  })

  it.each([
    [{ path: 'p', name: '房屋.xls', size: 9 }, '请选.xlsx文件'],
    [{ path: 'p', name: '房屋.xlsx', size: 6 * 1024 * 1024 }, '文件太大，最多5MB'],
  ])('refuses %j before it is uploaded', async (file, words) => {
    const page = await open({}, file)
    await page.call('onChoose')
    expect(page.text()).toContain(words)
    expect(phone.asked('wx.cloud.uploadFile')).toEqual([])
  })

  it('says in the words of the cloud why a file cannot be read', async () => {
    const page = await open({ check: () => { throw refusal('INVALID_INPUT', '这份文件打不开，请在 Excel 里另存一份') } })
    await page.call('onChoose')
    expect(page.text()).toContain('这份文件打不开，请在Excel里另存一份')
  })
})
