import { createHash } from 'node:crypto'
import { encodeGreyPng } from './grey-png'
import { fail } from './openapi'
import type { OpenapiCall } from './openapi'

const scenePattern = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/
const environments: unknown[] = ['release', 'trial', 'develop']
const modules = 29

/** wxacode.getUnlimited, with its rules. The picture is no code a camera reads; the same scene gives the same picture. */
export const getUnlimitedCode: OpenapiCall = ({ scene, page = '', width = 430, env_version: environment = 'release' }) => {
  if (typeof scene !== 'string' || !scenePattern.test(scene)) return fail(40169, 'invalid length for scene, or the data is not json string')
  if (typeof page !== 'string' || page.startsWith('/') || page.includes('?')) return fail(41030, 'invalid page')
  if (typeof width !== 'number' || width < 280 || width > 1280) return fail(40097, 'invalid args: width')
  if (!environments.includes(environment)) return fail(40097, 'invalid args: env_version')
  return { binary: drawPattern(`${page}?${scene}`, Math.floor(width / modules)), contentType: 'image/png' }
}

const drawPattern = (text: string, scale: number): Buffer => {
  const bits = Buffer.concat([0, 1, 2, 3].map((part) => createHash('sha256').update(`${part} ${text}`).digest()))
  const isDark = (x: number, y: number): boolean => {
    const bit = y * modules + x
    return ((bits[(bit >> 3) % bits.length]! >> (bit & 7)) & 1) === 1
  }
  return encodeGreyPng(modules * scale, (x, y) => (isDark(Math.floor(x / scale), Math.floor(y / scale)) ? 0x22 : 0xff))
}
