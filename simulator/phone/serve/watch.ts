import path from 'node:path'
import { watch } from 'chokidar'

const phoneFolder = path.resolve(__dirname, '..')
const QUIET_MS = 60

type SourceWatcher = { close(): Promise<void> }

/** Calls `changed` when sources of the mini-program or of the phone itself were edited, one call at a time. */
export const watchSources = (miniprogramRoot: string, changed: () => Promise<void>): SourceWatcher => {
  const watcher = watch([miniprogramRoot, path.join(phoneFolder, 'browser')], {
    ignoreInitial: true,
    ignored: (file) => file.includes('/node_modules/'),
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = Promise.resolve()
  watcher.on('all', () => {
    clearTimeout(timer)
    // Editors write a file in several steps.
    timer = setTimeout(() => (running = running.then(changed)), QUIET_MS)
  })
  return {
    close: async () => {
      clearTimeout(timer)
      await watcher.close()
      await running
    },
  }
}
