// `npm run review-pack`: dist/review-pack/review-pack.md with everything WeChat's forms ask for. Fails when code and declaration differ.
import fs from 'node:fs'
import path from 'node:path'
import { inRoot } from '../../tools/root'
import { openVillageInBrowser } from '../journeys/village-in-browser'
import { sizes } from '../support/phone-in-browser'
import { complaintsAbout } from './complaints'
import { collectMaterial, type Shot } from './material'
import { pictureOf, writePage } from './page'

const folder = inRoot('dist/review-pack')

/** Each page as its person sees it, on a usual phone. Answers the files made, and the routes that did not come to rest. */
const photograph = async (shots: Shot[]): Promise<{ pictures: string[]; failed: string[] }> => {
  const village = await openVillageInBrowser()
  const [pictures, failed]: [string[], string[]] = [[], []]
  try {
    for (const who of new Set(shots.map((shot) => shot.who))) {
      const phone = await village.hold(who, { size: sizes.usual })
      for (const shot of shots.filter((one) => one.who === who)) {
        try {
          await phone.show(village.url, shot.route)
          await phone.page.screenshot({ path: path.join(folder, pictureOf(shot)) })
          pictures.push(pictureOf(shot))
        } catch (error) {
          failed.push(`${shot.route} (${who}): ${(error as Error).message.split('\n')[0]}`)
        }
      }
      await phone.close()
    }
  } finally {
    await village.close()
  }
  return { pictures, failed }
}

const run = async (): Promise<number> => {
  const material = collectMaterial()
  const complaints = complaintsAbout(material)
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(folder, { recursive: true })
  const { pictures, failed } = process.argv.includes('--quick') ? { pictures: [], failed: [] } : await photograph(material.shots)
  fs.writeFileSync(path.join(folder, 'review-pack.md'), writePage(material, pictures))
  const all = [...complaints, ...failed.map((one) => `No picture of ${one}`)]
  for (const complaint of all) console.log(`✗ ${complaint}`)
  console.log(`dist/review-pack/review-pack.md: ${material.pages.length} pages, ${pictures.length} pictures, ${all.length} differences`)
  return all.length > 0 ? 1 : 0
}

run().then((code) => process.exit(code), (error: Error) => {
  console.error(error.stack)
  process.exit(1)
})
