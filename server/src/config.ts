import { BlockList, isIP } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Country } from '@clinicacrm/contract/phone.ts'
import { isSupportedCountry } from 'libphonenumber-js/max'
import { parse as parseConnection } from 'pg-connection-string'
import { readAllowed } from './http/outgoing-targets.ts'

export type Mode = 'serve' | 'demo'
export type Locale = 'it' | 'en' | 'es'
export type Database = { kind: 'server'; url: string } | { kind: 'embedded' }

/** Every choice an operator makes, decided once, at the door. */
export type Config = {
  mode: Mode
  port: number
  host: string
  dataDir: string
  database: Database
  replicaUrl: string | null
  redisUrl: string | null
  /** Without a trailing slash; links are built from this and never from a request's Host. */
  publicUrl: string
  defaultCountry: Country
  defaultLocale: Locale
  demoKey: string | null
  demoKeyLimit: number
  /** Signs sessions; null: made at the first start and kept in `dataDir`. */
  authSecret: string | null
  /** Where letters leave; null: links are handed over by whoever made them. */
  smtp: { url: string; from: string } | null
  logLevel: (typeof logLevels)[number]
  /** Peers whose `X-Forwarded-For` and `-Proto` are believed. */
  trustedProxies: string[]
  corsOrigins: string[]
  /** Whom webhooks and connectors may also reach: hosts and ranges, private and in the clear too. */
  outgoingAllowedHosts: string[]
}

export class ConfigError extends Error {
  override name = 'ConfigError'
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
const root = fileURLToPath(new URL('../../', import.meta.url))

/** Reads the environment; throws `ConfigError` with every wrong variable and why. */
export function readConfig(mode: Mode, env: NodeJS.ProcessEnv = process.env): Config {
  const wrong: string[] = []
  const read = <T>(name: string, fallback: string, parse: (text: string) => T): T => {
    const value = env[name]?.trim() || fallback
    try {
      return parse(value)
    } catch (error) {
      wrong.push(`${name}=${shown(name, value)}: ${(error as Error).message}`)
      return undefined as T
    }
  }
  const port = read('PORT', '3000', wholeNumber(0, 65535))
  const config: Config = {
    mode,
    port,
    host: read('HOST', '127.0.0.1', hostName),
    dataDir: read('DATA_DIR', mode === 'demo' ? '.data-demo' : '.data', (text) => resolve(root, text)),
    database: read('DATABASE_URL', '', (url) =>
      url ? { kind: 'server', url: postgresUrl(url) } : { kind: 'embedded' },
    ),
    replicaUrl: read('DATABASE_REPLICA_URL', '', (url) => (url ? postgresUrl(url) : null)),
    redisUrl: read('REDIS_URL', '', (url) => (url ? urlOf(url, ['redis:', 'rediss:', 'unix:']) : null)),
    publicUrl: read('PUBLIC_URL', `http://localhost:${port}`, publicUrl),
    defaultCountry: read('DEFAULT_COUNTRY', 'IT', country),
    defaultLocale: read('DEFAULT_LOCALE', 'it', oneOf(['it', 'en', 'es'])),
    demoKey: mode === 'demo' ? read('DEMO_API_KEY', '', demoKey) : null,
    demoKeyLimit: read('DEMO_API_KEY_LIMIT', '1000', wholeNumber(1, 1_000_000)),
    authSecret: read('AUTH_SECRET', '', authSecret),
    smtp: null,
    logLevel: read('LOG_LEVEL', mode === 'demo' ? 'warn' : 'info', oneOf(logLevels)),
    trustedProxies: read('TRUSTED_PROXIES', '', list(addressRange)),
    corsOrigins: read('CORS_ORIGINS', '', list(origin)),
    outgoingAllowedHosts: read('OUTGOING_ALLOWED_HOSTS', '', list(allowedHost)),
  }
  const smtpUrl = read('SMTP_URL', '', (url) => (url ? urlOf(url, ['smtp:', 'smtps:']) : null))
  // A letter needs a sender; without a server the sender may stay for later.
  const from = read('MAIL_FROM', '', mailFrom(smtpUrl !== null))
  config.smtp = smtpUrl ? { url: smtpUrl, from } : null
  if (wrong.length) throw new ConfigError(wrong.join('\n'))
  return config
}

/** A value that may hold a password or a key is never printed back. */
function shown(name: string, value: string) {
  return /URL|KEY|SECRET/.test(name) && name !== 'PUBLIC_URL' ? '…' : JSON.stringify(value)
}

const wholeNumber = (min: number, max: number) => (text: string) => {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= min && value <= max)) throw new Error(`must be a whole number from ${min} to ${max}`)
  return value
}

const oneOf =
  <const T extends string>(choices: readonly T[]) =>
  (text: string) => {
    const choice = choices.find((known) => known === text)
    if (choice === undefined) throw new Error(`must be one of ${choices.join(', ')}`)
    return choice
  }

const list =
  (check: (item: string) => string) =>
  (text: string): string[] =>
    text === '' ? [] : text.split(',').map((item) => check(item.trim()))

function hostName(text: string) {
  if (!isIP(text) && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text))
    throw new Error('must be an address or a host name')
  return text
}

function urlOf(text: string, protocols: string[]) {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !protocols.includes(url.protocol)) {
    throw new Error(`must be a URL beginning with ${protocols.map((p) => `${p}//`).join(' or ')}`)
  }
  return text
}

/** Read by the driver's own reader: an address with a user and a socket's folder is no URL to others. */
function postgresUrl(text: string) {
  if (!/^postgres(ql)?:\/\//.test(text)) throw new Error('must be a URL beginning with postgres:// or postgresql://')
  try {
    const { host, database } = parseConnection(text)
    if (host || database) return text
  } catch {
    // The reader's own message would print the password.
  }
  throw new Error('must name a host and a database, such as postgres://user:password@host:5432/clinicacrm')
}

function publicUrl(text: string) {
  const url = new URL(urlOf(text, ['http:', 'https:']))
  if (url.search || url.hash || url.username) throw new Error('must have no query, fragment or user')
  return url.href.replace(/\/+$/, '')
}

function country(text: string) {
  const code = text.toUpperCase()
  if (!isSupportedCountry(code)) throw new Error('must be a country code of two letters, such as IT')
  return code
}

function demoKey(text: string) {
  if (text !== '' && (text.length < 16 || text.length > 200)) throw new Error('must have 16 to 200 characters')
  if (!/^[\x20-\x7e]*$/.test(text)) throw new Error('must be printable ASCII, as it travels in a header')
  return text || null
}

const mailFrom = (isNeeded: boolean) => (text: string) => {
  if (isNeeded && !/^[^\r\n<>]*<?[^\s<>@]+@[^\s<>@]+>?$/.test(text)) {
    throw new Error('must be the sender of letters, such as ClínicaCRM <crm@clinic.example>, where SMTP_URL is set')
  }
  return text
}

function authSecret(text: string) {
  if (text !== '' && text.length < 32) throw new Error('must have at least 32 characters; make one up at random')
  return text || null
}

function addressRange(text: string) {
  const [address = '', bits] = text.split('/')
  const family = isIP(address)
  if (!family) throw new Error(`"${text}" must be an address or a range such as 10.0.0.0/8`)
  if (bits !== undefined)
    new BlockList().addSubnet(address, wholeNumber(0, family === 4 ? 32 : 128)(bits), `ipv${family as 4 | 6}`)
  return text
}

function allowedHost(text: string) {
  readAllowed(text)
  return text
}

function origin(text: string) {
  if (!URL.canParse(text) || new URL(text).origin !== text)
    throw new Error(`"${text}" must be an origin such as https://desk.example`)
  return text
}
