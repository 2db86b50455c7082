import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { inRoot } from '../../tools/root'
import { findBrowser } from '../support/browser'

const fontFolder = inRoot('node_modules/@fontsource-variable/noto-sans-sc')
const page = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/font/index.css">
<body style="font:40px 'Noto Sans SC Variable'"><p id="text" style="display:inline-block">邻里物业</p>`

const serve = () =>
  http
    .createServer((request, response) => {
      const file = path.join(fontFolder, (request.url ?? '').replace('/font/', ''))
      if (request.url === '/') return response.setHeader('content-type', 'text/html').end(page)
      if (!fs.existsSync(file)) return response.writeHead(404).end()
      return response.setHeader('content-type', file.endsWith('.css') ? 'text/css' : 'font/woff2').end(fs.readFileSync(file))
    })
    .listen(0, '127.0.0.1')

describe('the browser of the journeys', () => {
  it('starts, reads Chinese in a web font, and takes a picture', async () => {
    const server = serve()
    const browser = await chromium.launch({ ...(await findBrowser()), headless: true })
    try {
      const tab = await browser.newPage({ viewport: { width: 390, height: 200 } })
      await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      await tab.evaluate('document.fonts.ready')
      expect(await tab.evaluate("document.fonts.check(\"40px 'Noto Sans SC Variable'\", '邻里物业')")).toBe(true)
      expect(await tab.evaluate("document.querySelector('#text').offsetWidth")).toBe(160)
      const picture = inRoot('tests/artefacts/browser.png')
      fs.mkdirSync(path.dirname(picture), { recursive: true })
      await tab.screenshot({ path: picture })
      expect(fs.statSync(picture).size).toBeGreaterThan(2000)
    } finally {
      await browser.close()
      server.close()
    }
  })
})
