/** The two documents of the phone: `/app.html` is the bare phone, `/` the desktop page around it. */

export type DocumentState = { version: string; openid: string; now: number }

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

export const appDocument = ({ version, openid, now }: DocumentState): string => `<!doctype html>
<html lang="zh-CN" data-version="${version}" data-openid="${escape(openid)}" data-now="${now}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<title>邻里</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/phone/fonts.css">
<link rel="stylesheet" href="/phone/main.css?${version}">
</head>
<body>
<div id="phone"></div>
<script src="/phone/main.js?${version}"></script>
<script src="/phone/app.js?${version}"></script>
</body>
</html>
`

export const shellDocument = ({ version, openid, now }: DocumentState): string => `<!doctype html>
<html lang="zh-CN" data-version="${version}" data-openid="${escape(openid)}" data-now="${now}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<title>邻里 · 模拟器</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/phone/fonts.css">
<link rel="stylesheet" href="/phone/shell.css?${version}">
</head>
<body>
<main id="shell"></main>
<script src="/phone/shell.js?${version}"></script>
</body>
</html>
`

/** Nothing the phone shows may come from, or go to, another machine. */
export const CONTENT_POLICY = [
  "default-src 'self' data: blob:",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self' blob: data:",
  "frame-ancestors 'self'",
].join('; ')
