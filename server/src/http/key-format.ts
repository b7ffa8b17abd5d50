import { hash, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

/*
 * ccrm_live_<id: 8><secret: 32><checksum: 6>, base 62, with one underscore between id and secret.
 * Secret scanners find it by its shape, a double click selects it whole, the checksum tells a typing mistake from a
 * guess without asking the database. 32 characters of base 62 are 190 bits, so a plain SHA-256 keeps it at rest:
 * stretching or a pepper protect secrets that can be guessed.
 */

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const shape = /^ccrm_(?:live|test)_([0-9A-Za-z]{8})_[0-9A-Za-z]{38}$/
const checksumLength = 6
/** Longer than any key; what is longer is not even hashed. */
export const maxKeyLength = 256

export type NewKey = { key: string; publicId: string; hash: string; hint: string }

export function newKey(environment: 'live' | 'test', publicId = randomText(8)): NewKey {
  const body = `ccrm_${environment}_${publicId}_${randomText(32)}`
  const key = body + checksum(body)
  return { key, publicId, hash: hashKey(key), hint: hintOf(key) }
}

/** The id inside a key, or null when its shape or checksum is wrong. */
export function publicIdOf(key: string): string | null {
  const id = shape.exec(key)?.[1]
  if (id === undefined) return null
  const body = key.slice(0, -checksumLength)
  return checksum(body) === key.slice(-checksumLength) ? id : null
}

/** SHA-256, hex. */
export const hashKey = (key: string): string => hash('sha256', key, 'hex')

/** Start and end, to recognise a key by. */
export const hintOf = (key: string): string => `${key.slice(0, key.startsWith('ccrm_') ? 18 : 4)}…${key.slice(-4)}`

function checksum(body: string) {
  let rest = crc32(body)
  let text = ''
  for (let i = 0; i < checksumLength; i++) {
    text = alphabet.charAt(rest % 62) + text
    rest = Math.floor(rest / 62)
  }
  return text
}

function randomText(length: number) {
  return Array.from({ length }, () => alphabet.charAt(randomInt(62))).join('')
}
