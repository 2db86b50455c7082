import { buildFunctions } from '../cloudfunctions/build'
import { packMiniprogramNpm } from './miniprogram-npm'

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0).padStart(6)} KB`

const run = async () => {
  const started = performance.now()
  const [functions, npm] = await Promise.all([buildFunctions(), packMiniprogramNpm()])
  for (const { name, bytes, changed } of functions) console.log(`${kilobytes(bytes)}  cloud function ${name}${changed ? '' : ' (unchanged)'}`)
  console.log(`${kilobytes(npm.bytes)}  phone packages ${npm.packages.join(', ')}${npm.changed ? '' : ' (unchanged)'}`)
  console.log(`${kilobytes(npm.iconSheetBytes)}  ${npm.iconCount} icons (the font's sheet was ${kilobytes(npm.fontSheetBytes).trim()})`)
  console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

run().catch((failure: Error) => {
  console.error(failure.message)
  process.exit(1)
})
