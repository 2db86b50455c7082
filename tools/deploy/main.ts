// `npm run deploy -- --env <id>`: makes a cloud environment what this repository says it is, and uploads the mini-program.
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { buildFunctions } from '../../cloudfunctions/build'
import { packMiniprogramNpm } from '../miniprogram-npm'
import { inRoot } from '../root'
import { readDeclared } from './declared'
import { deploy, type Options } from './deploy'
import { chooseEnvironment, readEnvironments, requireFilledIn } from './environments'
import { memoryIn, stagePhone } from './phone'
import { parts, type Part } from './plan'
import { Refusal } from './refusal'
import { hasCloudKeys, readSecrets, requireSecrets, withoutSecrets } from './secrets'
import { readSource } from './source'
import { openCloud, openWeChat } from './tools'

const readOptions = () => {
  try {
    return parseArgs({
      options: {
        env: { type: 'string' }, only: { type: 'string' }, 'dry-run': { type: 'boolean', default: false },
        'replace-indexes': { type: 'boolean', default: false }, 'new-code': { type: 'boolean', default: false },
        'rotate-key': { type: 'boolean', default: false }, 'allow-dirty': { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new Refusal(`${(error as Error).message}\nKnown: --env <id> [--only ${parts.join('|')}] [--dry-run] [--replace-indexes] [--new-code] [--allow-dirty], or --env <id> --rotate-key [--dry-run]`)
  }
}

const onlyPart = (only: string | undefined): Part | null => {
  if (only === undefined) return null
  const part = parts.find((one) => one === only)
  if (!part) throw new Refusal(`--only ${only} is not known. Known: ${parts.join(', ')}.`)
  return part
}

const run = async (): Promise<void> => {
  const values = readOptions()
  const environment = chooseEnvironment(readEnvironments(), values.env)
  const secretsFile = path.join('.secrets', `${environment.id}.env`)
  const secrets = readSecrets(inRoot(secretsFile), process.env)
  const options: Options = {
    isDryRun: values['dry-run'], only: onlyPart(values.only), replaceIndexes: values['replace-indexes'], isNewCode: values['new-code'],
    recoveryKey: secrets.LINLI_RECOVERY_KEY, rotatesKey: values['rotate-key'], allowsDirty: values['allow-dirty'],
  }
  if (!options.isDryRun) {
    requireFilledIn(environment)
    requireSecrets(secrets, secretsFile, environment.id)
  }
  const masked = withoutSecrets(secrets)
  const print = (line: string) => console.log(masked(line))
  await Promise.all([buildFunctions(), packMiniprogramNpm()])
  const staged = stagePhone(environment)
  const mayAsk = hasCloudKeys(secrets) && environment.cloudEnvironment !== ''
  const cloud = mayAsk ? await openCloud({ secretId: secrets.TENCENTCLOUD_SECRETID!, secretKey: secrets.TENCENTCLOUD_SECRETKEY! }, environment.cloudEnvironment) : null
  let opened: ReturnType<typeof openWeChat> | undefined
  const weChat = () => (opened ??= openWeChat({ appid: environment.appid, privateKeyPath: path.resolve(inRoot(), secrets.WECHAT_UPLOAD_KEY_FILE!), projectPath: staged.folder }))
  try {
    await deploy({
      environment, declared: readDeclared(), staged, source: readSource(), options, cloud, weChat, print,
      memory: memoryIn(inRoot('.linli/deployed', environment.id)), now: new Date(), random: randomBytes,
    })
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(masked(error.message))
    throw error
  }
}

// miniprogram-ci leaves file watchers open.
run().then(() => process.exit(0), (error: Error) => {
  console.error(error instanceof Refusal ? `\nStopped. ${error.message}` : error.stack)
  process.exit(1)
})
