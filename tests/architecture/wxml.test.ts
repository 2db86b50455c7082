import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { inRoot } from '../../tools/root'
import { readSources } from '../support/page-source'
import { readExpression } from '../support/wxml'
import { complaintsAboutWxml } from '../support/wxml-complaints'

const unitsIn = (root: string): string[] =>
  (fs.readdirSync(root, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.wxml') && !file.includes('miniprogram_npm'))
    .map((file) => path.join(root, file.replace(/\.wxml$/, '')))

const complaintsIn = (root: string): string[] => {
  const sources = readSources(path.join(root, 'tsconfig.json'))
  return unitsIn(root).flatMap((unit) => complaintsAboutWxml(unit, root, sources))
}

describe('the markup of the mini-program', () => {
  it('reads only data that is there, binds only methods that are there, uses only components that it names', () => {
    expect(complaintsIn(inRoot('miniprogram'))).toEqual([])
  })
})

const page = `
import { look, looks } from '../../look'
type Bill = { billId: string; lines: { word: string }[] }
Page({
  ...looks,
  behaviors: [look],
  data: { title: '', bills: [] as Bill[], chosen: null as Bill | null },
  onTap() { this.setData({ later: 1 }) },
})`
const card = `
Component({
  properties: { bill: { type: Object, value: { billId: '' } }, isShort: Boolean },
  externalClasses: ['card-class'],
  methods: { onTap() { this.triggerEvent('choose') } },
})`

/** Complaints about one piece of markup on a page with a card. */
const complaintsAbout = (wxml: string): string[] => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-wxml-'))
  const write = (file: string, content: string) => {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    fs.writeFileSync(path.join(root, file), content)
  }
  write('tsconfig.json', JSON.stringify({ extends: inRoot('tsconfig.json'), compilerOptions: { types: [], noLib: true, paths: {} }, include: ['.'], exclude: [] }))
  // All that these sources need of the language's own library, which takes a second to read.
  write('globals.d.ts', 'interface Array<T> { [index: number]: T; length: number }')
  write('app.json', '{}')
  write('look.ts', "export const looks = { onLook() {} }; export const look = Behavior({ data: { brand: '' }, methods: { onBrand() {} } })")
  write('pages/a/a.ts', page)
  write('pages/a/a.json', JSON.stringify({ usingComponents: { 'bill-card': '/card/card', 't-icon': 'tdesign-miniprogram/icon/icon' } }))
  write('pages/a/a.wxml', wxml)
  write('card/card.ts', card)
  try {
    return complaintsAboutWxml(path.join(root, 'pages/a/a'), root, readSources(path.join(root, 'tsconfig.json'))).map((one) => one.replace('pages/a/a.wxml:', ''))
  } finally {
    fs.rmSync(root, { recursive: true })
  }
}

describe('the reader of markup', () => {
  it.each([
    ['data, data set later and a behavior’s', '<view bind:tap="onTap" bindlongpress="onBrand">{{title}} {{later}} {{brand}}</view>'],
    ['a loop’s item and index, nested', '<view wx:for="{{bills}}" wx:key="billId"><text wx:for="{{item.lines}}" wx:for-item="line" wx:key="word">{{index}}{{item.billId}}{{line.word}}</text></view>'],
    ['a value that may be missing', '<view wx:if="{{chosen}}">{{chosen.lines.length > 1 ? chosen.billId : \'一\'}}</view>'],
    ['a component of ours with what it has', '<bill-card bill="{{chosen}}" is-short card-class="x" wx:if="{{title}}" data-id="1" bind:choose="onTap" bind:tap="onTap" />'],
    ['a component of a package', '<t-icon name="home" size="{{title}}" />'],
    ['a method of an object spread into the page', '<view bind:tap="onLook" />'],
    ['a WXS module', '<wxs module="money">module.exports = {}</wxs><view>{{money.yuan(title)}}</view>'],
    ['a comment', '<!-- {{nothing}} <b> --><view />'],
  ])('accepts %s', (_, wxml) => {
    expect(complaintsAbout(wxml)).toEqual([])
  })

  it.each([
    ['a name nobody defined', '<view>{{titel}}</view>', '1 there is no "titel" in data or properties'],
    ['a name in an attribute', '<view\n  class="a {{titel ? 1 : 2}}" />', '2 there is no "titel" in data or properties'],
    ['a member that is not there', '<view>{{chosen.billid}}</view>', '1 there is no "billid" in "chosen"'],
    ['a member of a loop’s item', '<view wx:for="{{bills}}" wx:key="billId">{{item.amount}}</view>', '1 there is no "amount" in "item"'],
    ['a loop’s item outside the loop', '<view wx:for="{{bills}}" wx:key="billId" />{{item.billId}}', '1 there is no "item" in data or properties'],
    ['a handler nobody wrote', '<view bind:tap="onTapp" />', '1 bind:tap="onTapp": there is no method onTapp'],
    ['a handler chosen by an expression', '<view catchtap="{{title ? \'onTap\' : \'onNothing\'}}" />', '1 catchtap="onNothing": there is no method onNothing'],
    ['a component nobody named', '<bill-row />', '1 <bill-row> is not in usingComponents'],
    ['a property a component lacks', '<bill-card bil="{{chosen}}" />', '1 <bill-card> has no property "bil"'],
    ['an event a component never tells of', '<bill-card bind:chosen="onTap" />', '1 <bill-card> never tells of "chosen"'],
    ['an expression that is none', '<view>{{title +}}</view>', '1 {{title +}} cannot be read'],
    ['JavaScript that WXML does not know', '<view>{{chosen?.billId}}</view>', '1 {{chosen?.billId}}: WXML knows no chosen?.billId'],
  ])('finds %s', (_, wxml, complaint) => {
    expect(complaintsAbout(wxml)).toEqual([complaint])
  })

  it('sees every name of an expression, but not its own words and keys', () => {
    expect(readExpression("a ? b.c : { d: e, f }[g] + 'h' + i['j'] + true")).toEqual({
      paths: [{ name: 'a', members: [] }, { name: 'b', members: ['c'] }, { name: 'e', members: [] }, { name: 'f', members: [] }, { name: 'g', members: [] }, { name: 'i', members: ['j'] }],
      strings: ['h', 'j'],
    })
  })
})
