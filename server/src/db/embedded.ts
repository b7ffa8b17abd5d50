import { setTimeout as sleep } from 'node:timers/promises'
import { escapeIdentifier, escapeLiteral } from 'pg'
import type { Client } from 'pg'
import { ensureCluster, readPassword } from './embedded-cluster.ts'
import { findHome, makeSocketDir } from './embedded-home.ts'
import { findNative, findPackage } from './embedded-native.ts'
import { joinOrStart, knock, ownPid, readPostmaster, shutDown } from './embedded-server.ts'
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
  const { version } = presence
  const attached = readPostmaster(server)?.pid !== ownPid(server)
  onEvent({ kind: 'ready', ms: performance.now() - startedAt, attached })

  let recovery: Promise<Session | undefined> | undefined
  const watch = async () => {
    while (!stopping.signal.aborted) {
      // A program that fails before it reaches stop() must be able to end.
      presence.client.unref()
      await presence.gone
      recovery = supervise ? comeBack(server, database, stopping.signal, onEvent) : undefined
      const back = await recovery
      if (!back) return
      presence = back
    }
  }
  void watch()

  let left: Promise<void> | undefined
  const leave = async (turnOff: () => Promise<void>) => {
    stopping.abort()
    await recovery
    presence.client.ref()
    await turnOff()
    await presence.client.end().catch(() => {})
  }
  return {
    connection: { host: server.socketDir, port: 5432, user: account, password: server.password, database, ssl: false },
    version,
    dataDir: server.home.path,
    relocated: server.home.relocated,
    attached,
    stop: () => (left ??= leave(async () => ((await isLastOne(server, presence)) ? shutDown(server) : undefined))),
    stopNow: () => (left ??= leave(() => shutDown(server))),
  }
}

async function prepare(
  options: EmbeddedPostgresOptions,
  onEvent: (event: EmbeddedPostgresEvent) => void,
): Promise<Server> {
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
    settings: {
      ...(throwaway ? { fsync: 'off', full_page_writes: 'off' } : {}),
      ...settings,
    },
  }
}

type Session = Presence & { version: string }

/** A session that stays for as long as we do. It counts us as present while our pool is idle, and its end tells that the server died. */
async function enter(server: Server, database: string, signal: AbortSignal): Promise<Session> {
  for (let tries = 1; ; tries += 1) {
    const presence = await joinOrStart(server, signal)
    const { client } = presence
    try {
      await client.query("set log_min_duration_statement = -1; set lock_timeout = '10s'")
      // One process at a time comes or goes, so that none enters a server which another has just found empty.
      await client.query(lock)
      const version = await ensureDatabase(client, database, server.password)
      await client.query('select pg_advisory_unlock_all()')
      return { ...presence, version }
    } catch (error) {
      await client.end().catch(() => {})
      // A server that was just told to stop may let us in and then throw us out; any other refusal is real.
      if (!wasCutOff(error) || tries === 5)
        throw new Error(`PostgreSQL in ${server.home.path} started but cannot be used: ${(error as Error).message}`, {
          cause: error,
        })
    }
  }
}

const lock = 'select pg_advisory_lock(1129858387)'

async function ensureDatabase(client: Client, database: string, password: string): Promise<string> {
  const { rows } = await client.query<{ version: string; role: boolean; database: boolean }>(
    `select current_setting('server_version') as version, exists (select from pg_roles where rolname = $1) as role,
            exists (select from pg_database where datname = $2) as database`,
    [account, database],
  )
  const [found] = rows
  if (!found?.role) {
    await client.query(
      `create role ${account} login createdb password ${escapeLiteral(password)} in role pg_monitor, pg_checkpoint`,
    )
  }
  if (!found?.database) await client.query(`create database ${escapeIdentifier(database)} owner ${account}`)
  return found?.version ?? ''
}

/** At once the first time, then with growing pauses: a full disk or a broken file does not mend itself in a second. */
async function comeBack(
  server: Server,
  database: string,
  signal: AbortSignal,
  onEvent: (event: EmbeddedPostgresEvent) => void,
): Promise<Session | undefined> {
  if (signal.aborted) return undefined
  const lostAt = performance.now()
  onEvent({ kind: 'lost' })
  for (let retryInMs = 250; ; retryInMs = Math.min(retryInMs * 2, 10_000)) {
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
}

/** Keeps the lock until this session ends, with the server or without it: the next one out then asks the same question. */
async function isLastOne(server: Server, { client }: Presence): Promise<boolean> {
  try {
    await client.query(lock)
    // A pool that was just closed needs a moment to vanish from the list.
    for (let tries = 0; tries < 10; tries += 1) {
      const { rows } = await client.query<{ others: number }>(
        "select count(*)::int as others from pg_stat_activity where backend_type in ('client backend', 'walsender') and pid <> pg_backend_pid()",
      )
      if (rows[0]?.others === 0) return true
      await sleep(20)
    }
    return false
  } catch (error) {
    if (!wasCutOff(error)) return false
  }
  // Our session ended earlier. The others are asked for in a new one; a server that does not answer serves nobody.
  const answer = await knock(server)
  if ('kind' in answer) return true
  const last = await isLastOne(server, answer)
  await answer.client.end()
  return last
}

function wasCutOff(error: unknown): boolean {
  const { code = '', message } = error as NodeJS.ErrnoException
  return (
    code.startsWith('57P') ||
    code === 'ECONNRESET' ||
    code === 'EPIPE' ||
    /Connection terminated|not queryable|Client was closed/.test(message)
  )
}
