import fs from 'node:fs'
import { environmentKinds, type EnvironmentKind } from '../../cloudfunctions/_shared/environment'
import { inRoot } from '../root'
import { Refusal } from './refusal'

export type Environment = { id: string; kind: EnvironmentKind; appid: string; cloudEnvironment: string }

const isEnvironment = (written: unknown): written is Omit<Environment, 'id'> => {
  const { kind, appid, cloudEnvironment } = (written ?? {}) as Record<string, unknown>
  return environmentKinds.some((one) => one === kind) && typeof appid === 'string' && typeof cloudEnvironment === 'string'
}

/** Every environment of the file. Throws a Refusal that names what is wrong with it. */
export const readEnvironments = (file = inRoot('environments.json')): Environment[] => {
  const written = Object.entries(JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>)
  const environments = written.map(([id, one]) => {
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(id)) throw new Refusal(`environments.json: "${id}" must be lower-case letters, digits and dashes, at most 40.`)
    if (!isEnvironment(one)) throw new Refusal(`environments.json: ${id} must be {kind, appid, cloudEnvironment}; kind is one of ${environmentKinds.join(', ')}.`)
    return { id, ...one }
  })
  for (const { id, cloudEnvironment } of environments) {
    const same = environments.find((other) => cloudEnvironment !== '' && other.id !== id && other.cloudEnvironment === cloudEnvironment)
    if (same) throw new Refusal(`environments.json: ${id} and ${same.id} name the same cloud environment ${cloudEnvironment}. Their people and homes would be mixed: give each its own.`)
  }
  return environments
}

export const chooseEnvironment = (environments: Environment[], id: string | undefined): Environment => {
  const known = environments.map((one) => one.id).join(', ')
  const chosen = environments.find((one) => one.id === id)
  if (id === undefined) throw new Refusal(`Say which environment: npm run deploy -- --env <id>. environments.json has ${known}.`)
  if (!chosen) throw new Refusal(`environments.json has no "${id}". It has ${known}.`)
  return chosen
}

/** A plan can be read without them; WeChat cannot be asked for anything. */
export const requireFilledIn = ({ id, appid, cloudEnvironment }: Environment): void => {
  if (!/^wx[0-9a-f]{16}$/.test(appid)) {
    throw new Refusal(`environments.json: fill in the appid of ${id} (wx and 16 characters; mp.weixin.qq.com → 设置 → 账号信息).`)
  }
  if (!/^[a-z0-9][a-z0-9-]{3,}$/.test(cloudEnvironment)) {
    throw new Refusal(`environments.json: fill in the cloudEnvironment of ${id} (云开发控制台 → 设置 → 环境 ID). A new one is made there: an environment cannot be bought from here.`)
  }
}
