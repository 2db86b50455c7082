import { toBrowserLengths } from '../../simulator/phone/compile/lengths'
import { toCss } from '../../simulator/phone/compile/wxss'

const css = (text: string, scope?: string): string => toCss(text, scope).replace(/\s+/g, ' ').trim()

describe('WeChat’s units', () => {
  it.each([
    ['750rpx', 'calc(750 * var(--rpx))'],
    ['-12.5rpx auto', 'calc(-12.5 * var(--rpx)) auto'],
    ['0rpx', '0px'],
    ['calc(100vh - 32rpx)', 'calc(100cqh - calc(32 * var(--rpx)))'],
    ['env(safe-area-inset-bottom)', 'var(--safe-bottom, 0px)'],
    ['constant(safe-area-inset-top)', 'var(--safe-top, 0px)'],
    ['16px', '16px'],
  ])('%s becomes %s', (wxss, browser) => {
    expect(toBrowserLengths(wxss)).toBe(browser)
  })
})

describe('a style sheet', () => {
  it('names the elements that stand for built-in components, and leaves own components alone', () => {
    expect(css('page view > text, t-cell { color: red }')).toBe('wx-page wx-view > wx-text, t-cell { color: red }')
  })

  it('of an isolated component reaches its own classes only', () => {
    expect(css('.box.on .name:active { color: red }', 'c7')).toBe('.c7--box.c7--on .c7--name:active { color: red }')
  })

  it('finds its host by :host, and elements by id whatever the engine put before it', () => {
    expect(css(':host { display: block }', 'c7')).toBe('[wx-host="c7"] { display: block }')
    expect(css('#only { color: red }')).toBe(':is([id="only"],[id$="--only"]) { color: red }')
  })

  it('keeps key frames and dark rules', () => {
    const sheet = '@keyframes turn { from { top: 0 } to { top: 10rpx } } @media (prefers-color-scheme: dark) { .a { color: #fff } }'
    expect(css(sheet, 'c1')).toBe(
      '@keyframes turn { from { top: 0 } to { top: calc(10 * var(--rpx)) } } ' +
        '@media (prefers-color-scheme: dark) { .c1--a { color: #fff } }',
    )
  })

  it('always ends a list of fonts with the one the phone brings along', () => {
    expect(css('.a { font-family: DIN, sans-serif } .b { font-family: inherit }')).toBe(
      '.a { font-family: DIN, sans-serif, "Noto Sans SC Variable" } .b { font-family: inherit }',
    )
  })

  it('calls no other machine: TDesign’s icon font is left out, its icons being drawn when packages are packed', () => {
    const sheet = "@font-face{font-family:t;src:url(https://tdesign.gtimg.com/icon/0.4.3/fonts/t.woff)}.t-icon-home:before{content:'\\E1';}"
    expect(css(sheet, 'c2')).toBe(".c2--t-icon-home:before{content:'\\E1';}")
  })
})
