import path from 'node:path'
import { CompileError } from './compile-error'
import { type AppConfig, type AppJson, type ThemeJson } from './config-json'
import { readJson, type Source } from './source'

export const readAppConfig = (source: Source): AppConfig => {
  const file = path.join(source.root, 'app.json')
  const app = readJson<AppJson>(source, file)
  if (!app) throw new CompileError(source.named(file), undefined, 'is missing: a mini-program starts from it')
  if (!Array.isArray(app.pages) || app.pages.length === 0) throw new CompileError(source.named(file), undefined, 'lists no pages')
  const packages = app.subPackages ?? app.subpackages ?? []
  const pages = [...app.pages, ...packages.flatMap(({ root, pages: own }) => own.map((page) => path.posix.join(root, page)))]
  const outside = app.tabBar?.list.find(({ pagePath }) => !app.pages.includes(pagePath))
  if (outside) throw new CompileError(source.named(file), undefined, `tab page ${outside.pagePath} must be in the main package`)
  if (app.tabBar && !app.tabBar.custom) throw new CompileError(source.named(file), undefined, 'a tabBar that is not custom is not in this phone')
  const theme = app.themeLocation ? readJson<ThemeJson>(source, path.join(source.root, app.themeLocation)) : undefined
  return { app, pages, theme: theme ?? {} }
}
