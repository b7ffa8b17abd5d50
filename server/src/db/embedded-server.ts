import { totalmem } from 'node:os'
import type { ChildProcess } from 'node:child_process'
import {
  closeSync,
  constants,
  fchownSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { makeSocketDir } from './embedded-home.ts'
import type { Home } from './embedded-home.ts'
import { cannotRun, exists, isAlive, isPostmaster, readLock, spawnServer } from './embedded-process.ts'
import type { Lock } from './embedded-process.ts'

/** One cluster and how to run it. */
export type Server = {
  home: Home
  postgres: string
  socketDir: string
  password: string
  settings: Record<string, string>
  /** Set while the postmaster is a child of ours. */
  child?: ChildProcess
}

/** A superuser's session. `gone` resolves when it ends, which is how the death of the server shows. */
export type Presence = { client: RefClient; gone: Promise<void> }

/** pg's client has ref and unref; its types do not say so. */
type RefClient = Client & { ref(): void; unref(): void }

const readyWithinMs = 60_000
const pollMs = 15
const largestLogBytes = 10 * 1024 * 1024

/** Joins the postmaster that serves this cluster, or becomes the one who starts it. Crash recovery may take a while. */
export async function joinOrStart(server: Server, signal: AbortSignal): Promise<Presence> {
  const deadline = Date.now() + readyWithinMs
  let launched: Launch | undefined
  for (;;) {
    const answer = isInTransit(server) ?? (await knock(server))
    if (!('kind' in answer)) return answer
    signal.throwIfAborted()
    const failure = launched?.failed()
    if (failure) throw failure
    if (Date.now() > deadline)
      throw new Error(
        `PostgreSQL in ${server.home.path} did not become ready within ${readyWithinMs / 1000} s: ${answer.message}. Its log: ${lastOf(logOf(server))}`,
      )
    const waiting = answer.kind === 'busy' || launched?.running() || postmasterHolds(server)
    if (!waiting) launched = launch(server)
    await sleep(pollMs)
  }
}

/** Ends the postmaster: every session is cut, everything committed is on disk. */
export async function shutDown(server: Server): Promise<void> {
  const pid = ownPid(server) ?? readPostmaster(server)?.pid
  if (pid === undefined || !(pid === ownPid(server) || isPostmaster(pid, server.home.data))) return
  for (const [signal, patienceMs] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    signalPostmaster(pid, signal)
    const deadline = Date.now() + patienceMs
    while (Date.now() < deadline) {
      if (!isAlive(pid)) return
      await sleep(pollMs)
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop.`)
}

export function readPostmaster(server: Server): Lock | undefined {
  return readLock(join(server.home.data, 'postmaster.pid'))
}

/** The postmaster we started ourselves, as long as it runs. */
export function ownPid({ child }: Server): number | undefined {
  return child?.exitCode === null && child.signalCode === null ? child.pid : undefined
}

function signalPostmaster(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

type Silence = { kind: 'nobody' | 'busy'; message: string }

/** Reads what the postmaster wrote about itself: knocking in vain every 15 ms would fill its log. */
function isInTransit(server: Server): Silence | undefined {
  const { pid = 0, status = '' } = readPostmaster(server) ?? {}
  if (!['starting', 'stopping'].includes(status) || !isPostmaster(pid, server.home.data)) return undefined
  return { kind: 'busy', message: `process ${pid} is still ${status}` }
}

/** Asks at the socket. `busy` is a server that is there but starting, recovering or shutting down. */
export async function knock(server: Server): Promise<Presence | Silence> {
  const host = readPostmaster(server)?.socketDir ?? server.socketDir
  const client = new Client({
    host,
    port: 5432,
    user: 'postgres',
    password: server.password,
    database: 'postgres',
    ssl: false,
    application_name: 'clinicacrm presence',
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
  })
  const gone = new Promise<void>((resolve) => {
    client.once('end', resolve)
  })
  client.on('error', () => {
    /* 'end' follows */
  })
  try {
    await client.connect()
    server.socketDir = host
    return { client: client as RefClient, gone }
  } catch (error) {
    await client.end().catch(() => {})
    const { code = '', message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return { kind: 'nobody', message }
    if (code.startsWith('28') || code === 'EACCES')
      throw new Error(
        `PostgreSQL in ${server.home.path} does not let this process in (${message}). Its password is in ${join(server.home.path, 'password')}.`,
        { cause: error },
      )
    return { kind: 'busy', message }
  }
}

/** A living postmaster that nobody can talk to yet, or no longer. */
function postmasterHolds(server: Server): boolean {
  const { data } = server.home
  const pid = readPostmaster(server)?.pid
  if (pid !== undefined && isPostmaster(pid, data)) return true
  // PostgreSQL itself only asks whether the pid in its locks is alive. After a power cut, and in every container,
  // that pid soon belongs to another program, and it would refuse to start for as long as that one runs.
  const locks = [join(data, 'postmaster.pid'), join(server.socketDir, '.s.PGSQL.5432.lock')]
  for (const lock of locks) if (isMisleading(lock, data)) rmSync(lock, { force: true })
  return false
}

function isMisleading(lock: string, data: string): boolean {
  const file = statSync(lock, { throwIfNoEntry: false })
  if (!file) return false
  const pid = readLock(lock)?.pid
  // Empty: a postmaster is about to fill it, or the power was cut before it reached the disk.
  if (pid === undefined) return Date.now() - file.mtimeMs > 5_000
  return exists(pid) && !isPostmaster(pid, data)
}

type Launch = { running: () => boolean; failed: () => Error | undefined }

function launch(server: Server): Launch {
  server.socketDir = makeSocketDir(server.home)
  const log = openLog(server)
  const since = fstatSync(log).size
  const child = spawnServer(server.postgres, argumentsFor(server), server.home.user, log)
  closeSync(log)
  server.child = child
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = cannotRun(server.postgres, error)
  })
  const running = () => !failure && child.exitCode === null && child.signalCode === null
  const failed = () => {
    if (failure || running()) return failure
    const said = logOf(server, since)
    // Another process won the start, or is just doing so; or sessions of a killed postmaster are still ending.
    const lostRace = /lock file ".*" (already exists|is empty)|pre-existing shared memory block/
    if (said.some((line) => line.includes(`[${child.pid}]`) && lostRace.test(line))) return undefined
    const how = child.signalCode ?? `exit code ${child.exitCode}`
    return new Error(`PostgreSQL in ${server.home.path} stopped while starting (${how}). Its log: ${lastOf(said)}`)
  }
  return { running, failed }
}

function argumentsFor(server: Server): string[] {
  const settings = { ...defaults, ...server.settings }
  // The option is a list: commas and spaces in the folder's name must be quoted.
  const socketDir = `"${server.socketDir.replaceAll('"', '""')}"`
  return [
    '-D',
    server.home.data,
    '-k',
    socketDir,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

const defaults = {
  listen_addresses: '',
  port: '5432',
  unix_socket_permissions: '0700',
  max_connections: '100',
  // Room for a million patients' keys and cases; PostgreSQL takes of it only what it uses.
  shared_buffers: totalmem() > 4e9 ? '512MB' : '128MB',
  max_wal_size: '1GB',
  huge_pages: 'try',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  // Statements, parameters and errors quote patients. The client gets its error; the log gets events of the server.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_min_duration_statement: '1000',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
}

function openLog({ home }: Server): number {
  const path = logPath(home)
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestLogBytes) renameSync(path, `${path}.1`)
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants
  const log = openSync(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, 0o600)
  // Root may look after the folder of an ordinary account, which must be able to write this file next time.
  if (home.user) fchownSync(log, statSync(home.path).uid, statSync(home.path).gid)
  return log
}

function logOf({ home }: Server, since = 0): string[] {
  try {
    return readFileSync(logPath(home)).subarray(since).toString('utf8').trim().split('\n')
  } catch (error) {
    return [(error as Error).message]
  }
}

function lastOf(lines: string[]): string {
  return lines.slice(-8).join('\n')
}

function logPath(home: Home): string {
  return join(home.path, 'postgres.log')
}
