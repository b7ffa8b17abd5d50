import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Config } from '../config.ts'
import { installationSecret } from './auth.ts'

/**
 * Secrets of others that must be read again, to sign or to sign in with: kept so that the database alone, or a copy of it,
 * does not give them away. AES-256-GCM under a key derived from the installation's secret.
 */
export type Seals = {
  seal(text: string): string
  /** Null: sealed with another installation's secret, or changed since. */
  open(sealed: string): string | null
}

const prefix = 'sealed:1:'
const ivBytes = 12
const tagBytes = 16

export const isSealed = (text: unknown): text is string => typeof text === 'string' && text.startsWith(prefix)

export function createSeals(config: Pick<Config, 'authSecret' | 'dataDir'>): Seals {
  const key = Buffer.from(hkdfSync('sha256', installationSecret(config), '', 'clinicacrm sealed secrets', 32))
  return {
    seal(text) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return prefix + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
    },
    open(sealed) {
      if (!isSealed(sealed)) return null
      const bytes = Buffer.from(sealed.slice(prefix.length), 'base64url')
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
        decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
        return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
  }
}
