import { upgradeWith } from '../../cloudfunctions/_shared/schema'

type Pet = { _id: string; schema: number; name: string; legCount: number }
const upgrade = upgradeWith<Pet>({
  upgrades: [
    (old) => ({ ...old, name: String(old.title) }),
    (old) => ({ ...old, legCount: old.name === 'snake' ? 0 : 4 }),
  ],
  isReadable: ({ legCount }) => typeof legCount === 'number',
})

describe('a stored document', () => {
  it('of the first release is read in today’s shape, by every step between', () => {
    expect(upgrade({ _id: 'a', schema: 1, title: 'snake' })).toEqual({ _id: 'a', schema: 3, title: 'snake', name: 'snake', legCount: 0 })
  })

  it('of a release between takes only the steps it lacks', () => {
    expect(upgrade({ _id: 'b', schema: 2, name: 'cat' })).toEqual({ _id: 'b', schema: 3, name: 'cat', legCount: 4 })
  })

  it('of today, or of a newer release after a rollback, stays as it is', () => {
    expect(upgrade({ _id: 'c', schema: 3, name: 'dog', legCount: 3 })).toEqual({ _id: 'c', schema: 3, name: 'dog', legCount: 3 })
    expect(upgrade({ _id: 'd', schema: 9, name: 'dog', legCount: 4, coat: 'red' })).toEqual({ _id: 'd', schema: 9, name: 'dog', legCount: 4, coat: 'red' })
  })

  it.each([[{ _id: 'e' }], [{ _id: 'e', schema: 0 }], [{ _id: 'e', schema: '1' }], [{ _id: 'e', schema: 3, name: 'dog' }]])('that no release wrote is refused: %j', (stored) => {
    expect(() => upgrade(stored)).toThrow('Document e')
  })
})
