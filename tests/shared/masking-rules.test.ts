import { maskNumbers, nameWithTitle } from '../../cloudfunctions/_shared/masking'

describe('a number in a text that many read', () => {
  it.each([
    ['请打13812345678找我', '请打138****5678找我'],
    ['电话 138 1234 5678', '电话 138****5678'],
    ['+86-138-1234-5678', '138****5678'],
    ['座机021-55501200', '座机021-****1200'],
    ['两个号 13812345678、13912345679', '两个号 138****5678、139****5679'],
    ['身份证11010519491231002X', '身份证110****002X'],
    ['卡号6222021234567890123', '卡号622****0123'],
  ])('cannot be read: %s', (text, masked) => {
    expect(maskNumbers(text)).toBe(masked)
  })

  it.each(['3号楼2单元501 漏水', '今天14:30，第12单', '2026-11-24', '报修单 2d1f0c9a1b2c3d4e5f60718293a4b5c6'])('stays when it is nobody’s: %s', (text) => {
    expect(maskNumbers(text)).toBe(text)
  })
})

describe('a name in a text that many read', () => {
  it.each([
    ['陈建军', '师傅', '陈师傅'],
    ['陈师傅', '师傅', '陈师傅'],
    ['欧阳静', '女士', '欧阳女士'],
    ['', '师傅', '师傅'],
  ])('%s is a surname and a role', (name, title, said) => {
    expect(nameWithTitle(name, title)).toBe(said)
  })
})
