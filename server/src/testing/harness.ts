import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { ApiKeyFields } from '@clinicacrm/contract/api-keys.ts'
import type { CreateCase, SavedCase } from '@clinicacrm/contract/cases.ts'
import { type Role, type Scope, scopeNames } from '@clinicacrm/contract/permissions.ts'
import { hashPassword } from 'better-auth/crypto'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { inject } from 'vitest'
import { createKey } from '../api-keys/api-keys.ts'
import { buildApp } from '../app.ts'
import { createCase } from '../cases/cases.ts'
import { addClinic, clinicNamed } from '../clinics/clinics.ts'
import { type Config, type Locale, readConfig } from '../config.ts'
import { openPools, type Pools } from '../db/client.ts'
import { createEvents } from '../events.ts'
import { type Auth, createAuth } from '../http/auth.ts'
import { storePassword } from '../users/passwords.ts'
import { addUser } from '../users/users.ts'
import { system, type Work } from '../work.ts'
import { template } from './cluster.ts'
import { patiently } from './wire.ts'

export type Reply = { status: number; headers: Headers; text: string; body: any } // oxlint-disable-line typescript/no-explicit-any -- a test says what it expects of the body
export type Asking = RequestInit & { key?: string | null; json?: unknown }

type Who = { clinics?: string[]; name?: string; email?: string; locale?: Locale; password?: string }

/** A person at a browser. */
export type SignedIn = {
  id: string
  name: string
  email: string
  /** As the browser sends it back. */
  cookie: string
  /** Asks as their page does. */
  ask(method: string, path: string, options?: Asking): Promise<Reply>
}

/** A whole ClínicaCRM on a database of its own, listening on a port of its own. */
export type Clinic = {
  url: string
  config: Config
  connection: pg.ClientConfig
  app: FastifyInstance
  pools: Pools
  /** Verbs called directly, as the system. */
  work: Work
  /** A key with every scope, unlimited for the purposes of a test. */
  key: string
  /** Asks over HTTP; with `key` unless told otherwise (`key: null` sends none). */
  ask(method: string, path: string, options?: Asking): Promise<Reply>
  lookup(phone: string, query?: Record<string, string>, options?: Asking): Promise<Reply>
  /** Opens a case at this clinic, through the verb. */
  opens(input?: CreateCase): Promise<SavedCase>
  /** Somebody of this role, limited to `clinics` if they are named, with a session of their own. */
  signsIn(role: Role, who?: Who): Promise<SignedIn>
  keyWith(fields: Partial<ApiKeyFields> & { scopes: Scope[] }): Promise<{ id: string; key: string }>
  rows<T = Record<string, unknown>>(query: string, values?: unknown[]): Promise<T[]>
  close(): Promise<void>
}

/** Starts one. Give `env` as an operator would; `clinics` are opened in this order. */
export async function openClinic(
  options: { env?: Record<string, string>; clinics?: string[]; demo?: boolean; connection?: pg.ClientConfig } = {},
): Promise<Clinic> {
  const { clinics = ['Centro Oculistico Roma'], env = {} } = options
  const database = options.connection ? null : await copyTemplate()
  const connection = options.connection ?? { ...inject('cluster'), database: database! }
  const config = readConfig(options.demo ? 'demo' : 'serve', {
    LOG_LEVEL: 'silent',
    AUTH_SECRET: 'a secret of the tests, as long as any',
    PORT: '0',
    PUBLIC_URL: 'https://crm.example',
    ...env,
  })
  const events = createEvents(config.logLevel)
  const pools = openPools(connection, () => undefined)
  const readiness = { draining: false, rebuilding: false }
  const app = await buildApp({ config, pools, replica: null, events, readiness })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const work: Work = { db: pools.db, config, by: system }
  for (const name of clinics) await addClinic(work, { name })
  const { key } = await createKey(work, 'live', { name: 'Test', scopes: scopeNames, limit_per_minute: 1_000_000 })

  const ask: Clinic['ask'] = (method, path, asking = {}) => askOver(url, key, method, path, asking)
  return {
    url,
    config,
    connection,
    app,
    pools,
    work,
    key,
    ask,
    lookup: (phone, query = {}, asking = {}) =>
      ask('GET', `/api/lookup?${new URLSearchParams({ phone, ...query }).toString()}`, asking),
    opens: (input = {}) =>
      createCase(work, { first_name: 'Ada', last_name: 'Neri', phone: randomMobile(), clinic: clinics[0], ...input }),
    signsIn: (role, who) => signIn({ work, url, auth: createAuth(config)(pools.db) }, role, who),
    keyWith: (fields) => createKey(work, 'live', { name: 'Limited', limit_per_minute: 1_000_000, ...fields }),
    rows: async (query, values = []) => (await pools.general.query(query, values)).rows,
    async close() {
      await app.close()
      await pools.close()
      if (database) await drop(database)
    },
  }
}

let people = 0
async function signIn(
  { work, url, auth }: { work: Work; url: string; auth: Auth },
  role: Role,
  who: Who = {},
): Promise<SignedIn> {
  const { name = 'Anna Prova', email = `anna.${++people}@clinic.example`, locale = 'it', clinics } = who
  const clinic_ids = clinics
    ? await Promise.all(clinics.map(async (clinic) => (await clinicNamed(work, clinic)).id))
    : null
  const user = await addUser(work, { name, email, role, clinic_ids, locale })
  if (who.password) await storePassword(work.db, user.id, who.password, await hashPassword(who.password))
  const { headers } = await auth.api.startSession({ body: { userId: user.id }, returnHeaders: true })
  const cookie = headers.getSetCookie()[0]!.split(';')[0]!
  return { ...user, name, cookie, ask: (method, path, asking) => askAs(url, cookie, method, path, asking) }
}

/** As a page of ours does, in the browser that holds this cookie. */
export function askAs(url: string, cookie: string, method: string, path: string, asking: Asking = {}): Promise<Reply> {
  const headers = new Headers({ 'sec-fetch-site': 'same-origin' })
  if (cookie) headers.set('cookie', cookie)
  new Headers(asking.headers).forEach((value, name) => headers.set(name, value))
  return askOver(url, '', method, path, { key: null, ...asking, headers })
}

async function askOver(url: string, ownKey: string, method: string, path: string, asking: Asking): Promise<Reply> {
  const { key = ownKey, json, headers, ...init } = asking
  const sent = new Headers(headers)
  if (key !== null) sent.set('x-api-key', key)
  if (json !== undefined) sent.set('content-type', 'application/json')
  const request = {
    method,
    headers: sent,
    redirect: 'manual' as const,
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...init,
  }
  const response = await patiently(() => fetch(url + path, request), isShed)
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson && text ? JSON.parse(text) : undefined,
  }
}

/** Turned away at the door, before anything was looked at: many files at once keep this machine busy. */
async function isShed(response: Response) {
  return response.status === 503 && (await response.clone().text()).includes('The server is busy')
}

async function copyTemplate(): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asOwner((client) => client.query(`create database ${name} template ${template}`))
  return name
}

const drop = (name: string) => asOwner((client) => client.query(`drop database ${name} with (force)`))

async function asOwner(work: (client: pg.Client) => Promise<unknown>) {
  const client = new pg.Client({ ...inject('cluster'), database: 'postgres' })
  await client.connect()
  await work(client)
  await client.end()
}

let mobiles = 0
/** A valid Italian mobile number nobody else in this run has. */
export const randomMobile = (): string => `+39 347 ${String(++mobiles).padStart(7, '0')}`
