import { setTimeout as sleep } from 'node:timers/promises'
import { escapeIdentifier, escapeLiteral } from 'pg'
import { ensureCluster, readPassword } from './embedded-cluster.ts'
import { findHome, makeSocketDir } from './embedded-home.ts'
import { findNative, findPackage } from './embedded-native.ts'
import { readPostmaster } from './embedded-process.ts'
import { joinOrStart, shutDown } from './embedded-server.ts'
import type { Presence, Server } from './embedded-server.ts'

export type EmbeddedPostgres = {
  /** For `pg`. The account owns the database but is no superuser, so injected SQL cannot run programs. */
  connection: { host: string; port: number; user: string; password: string; database: string; ssl: false }
  /** Such as `18.4`. */
  version: string
  /** Where the cluster really lives. */
  dataDir: string
  /** True when that is not below the folder asked for, because root alone may enter it. */
  relocated: boolean
  /** True when a living postmaster was joined instead of started. */
  attached: boolean
  /** The last one out turns off the light: shuts down only if no other client is connected. Close your pools first. */
  stop(): Promise<void>
  /** Shuts down whoever else is connected. */
  stopNow(): Promise<void>
}

export type EmbeddedPostgresEvent =
  | { kind: 'created'; ms: number }
  | { kind: 'ready'; ms: number; attached: boolean }
  | { kind: 'lost' }
  | { kind: 'back'; ms: number }
  | { kind: 'restart_failed'; error: Error; retryInMs: number }

export type EmbeddedPostgresOptions = {
  dataDir: string
  database?: string
  /** More server settings, as `-c name=value`. */
  settings?: Record<string, string>
  /** Bring the server back when it dies. On unless told otherwise. */
  supervise?: boolean
  /** For tests: never waits for the disk, so a power cut may lose everything. */
  throwaway?: boolean
  /** For tests: the folder of another copy of the platform package. */
  packageDir?: string
  onEvent?: (event: EmbeddedPostgresEvent) => void
}

const account = 'clinicacrm'

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { database = 'clinicacrm', supervise = true, onEvent = () => {} } = options
  const server = await prepare(options, onEvent)
  const stopping = new AbortController()
  const startedAt = performance.now()
  let presence = await enter(server, database, stopping.signal)
  const attached = readPostmaster(server.home.data)?.pid !== server.child?.pid
  onEvent({ kind: 'ready', ms: performance.now() - startedAt, attached })
  const { rows } = await presence.query<{ server_version: string }>('show server_version')

  let recovery: Promise<void> = Promise.resolve()
  const watch = () => {
    // A program that fails before it reaches stop() must be able to end.
    presence.unref()
    presence.once('end', () => {
      if (supervise && !stopping.signal.aborted) recovery = recover()
    })
  }
  const recover = async () => {
    const back = await comeBack(server, database, stopping.signal, onEvent)
    if (!back) return
    presence = back
    watch()
  }
  watch()

  const leave = async (turnOff: (presence: Presence) => Promise<void>) => {
    if (stopping.signal.aborted) return
    stopping.abort()
    await recovery
    presence.ref()
    await turnOff(presence)
    await presence.end().catch(() => {})
  }
  return {
    connection: { host: server.socketDir, port: 5432, user: account, password: server.password, database, ssl: false },
    version: rows[0]?.server_version ?? '',
    dataDir: server.home.path,
    relocated: server.home.relocated,
    attached,
    stop: () => leave(async (client) => { if (await isLastOne(client)) await shutDown(server) }),
    stopNow: () => leave(() => shutDown(server)),
  }
}

async function prepare(options: EmbeddedPostgresOptions, onEvent: (event: EmbeddedPostgresEvent) => void): Promise<Server> {
  const { throwaway = false, settings = {} } = options
  const home = findHome(options.dataDir)
  const native = await findNative(options.packageDir ?? findPackage(), home.user, home.copies)
  const startedAt = performance.now()
  if (await ensureCluster(home, native, throwaway)) onEvent({ kind: 'created', ms: performance.now() - startedAt })
  return {
    home,
    postgres: native.postgres,
    socketDir: makeSocketDir(home),
    password: await readPassword(home),
    settings: { ...throwaway ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' } : {}, ...settings },
  }
}

/** A session that stays for as long as we do. It counts us as present while our pool is idle, and its end tells that the server died. */
async function enter(server: Server, database: string, signal: AbortSignal): Promise<Presence> {
  for (;;) {
    const presence = await joinOrStart(server, signal)
    try {
      await presence.query('set log_min_duration_statement = -1')
      await whileOthersWait(presence, () => ensureDatabase(presence, database, server.password))
      return presence
    } catch (error) {
      // A server that was just told to stop lets us in and then throws us out; any other refusal is real.
      await presence.end().catch(() => {})
      if (!wasCutOff(error)) throw error
    }
  }
}

/** One process at a time comes or goes, so none enters a server that another has just found empty. */
async function whileOthersWait<T>(client: Presence, act: () => Promise<T>): Promise<T> {
  await client.query('select pg_advisory_lock(1129858387)')
  const result = await act()
  await client.query('select pg_advisory_unlock(1129858387)')
  return result
}

async function ensureDatabase(client: Presence, database: string, password: string): Promise<void> {
  const { rows } = await client.query<{ role: boolean; database: boolean }>(
    'select exists (select from pg_roles where rolname = $1) as role, exists (select from pg_database where datname = $2) as database', [account, database])
  if (!rows[0]?.role) {
    await client.query(`create role ${account} login createdb password ${escapeLiteral(password)} in role pg_monitor, pg_checkpoint`)
  }
  if (!rows[0]?.database) await client.query(`create database ${escapeIdentifier(database)} owner ${account}`)
}

async function comeBack(server: Server, database: string, signal: AbortSignal, onEvent: (event: EmbeddedPostgresEvent) => void): Promise<Presence | undefined> {
  const lostAt = performance.now()
  onEvent({ kind: 'lost' })
  for (let retryInMs = 250; !signal.aborted; retryInMs = Math.min(retryInMs * 2, 10_000)) {
    try {
      const presence = await enter(server, database, signal)
      onEvent({ kind: 'back', ms: performance.now() - lostAt })
      return presence
    } catch (error) {
      if (signal.aborted) return undefined
      onEvent({ kind: 'restart_failed', error: error as Error, retryInMs })
      await sleep(retryInMs, undefined, { signal }).catch(() => {})
    }
  }
  return undefined
}

/** Holds the lock until the session ends with the server, or lets the next one out ask the same question. */
async function isLastOne(presence: Presence): Promise<boolean> {
  try {
    await presence.query("set statement_timeout = '5s'")
    await presence.query('select pg_advisory_lock(1129858387)')
    // A pool that was just closed needs a moment to vanish from the list.
    for (let tries = 0; tries < 10; tries += 1) {
      const { rows } = await presence.query<{ others: number }>("select count(*)::int as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()")
      if (rows[0]?.others === 0) return true
      await sleep(20)
    }
    return false
  } catch (error) {
    // Gone already, or being restarted when we were told to stop: nobody can be using it.
    return wasCutOff(error)
  }
}

function wasCutOff(error: unknown): boolean {
  const { code = '', message } = error as NodeJS.ErrnoException
  return code.startsWith('57P') || code === 'ECONNRESET' || code === 'EPIPE' || /Connection terminated|not queryable|Client was closed/.test(message)
}
