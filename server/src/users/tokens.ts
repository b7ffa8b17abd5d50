import { hash, randomBytes } from 'node:crypto'

/** 256 bits for a link; only the hash is kept, as for API keys. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** SHA-256, hex. */
export const hashToken = (token: string): string => hash('sha256', token, 'hex')
