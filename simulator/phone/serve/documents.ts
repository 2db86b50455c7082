/** The two documents of the phone: `/app.html` is the bare phone, `/` the desktop page around it. */

type DocumentState = { version: string; openid: string; now: number }

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

const createDocument = ({ version, openid, now }: DocumentState, title: string, sheet: string, root: string, scripts: string[]): string => `<!doctype html>
<html lang="zh-CN" data-version="${version}" data-openid="${escape(openid)}" data-now="${now}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/phone/fonts.css">
<link rel="stylesheet" href="/phone/${sheet}?${version}">
</head>
<body>
${root}
${scripts.map((script) => `<script src="/phone/${script}?${version}"></script>`).join('\n')}
</body>
</html>
`

export const appDocument = (state: DocumentState): string =>
  createDocument(state, '邻里', 'main.css', '<div id="phone"></div>', ['main.js', 'app.js'])

export const shellDocument = (state: DocumentState): string =>
  createDocument(state, '邻里 · 模拟器', 'shell.css', '<main id="shell"></main>', ['shell.js'])

/** Nothing the phone shows may come from, or go to, another machine. */
export const CONTENT_POLICY = [
  "default-src 'self' data: blob:",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self' blob: data:",
  "frame-ancestors 'self'",
].join('; ')
