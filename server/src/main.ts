import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, Server as NetServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { buildApp } from './app.ts'
import { type Config, ConfigError } from './config.ts'
import { openFastPool, openPools, type Pools } from './db/client.ts'
import { migrate } from './db/migrate.ts'
import { type OpenDatabase, openDatabase } from './db/open.ts'
import { holdAlone } from './db/single.ts'
import { demoKeyOf, installDemoKey, loadDemo } from './demo.ts'
import { createEvents, type Events } from './events.ts'
import type { Readiness } from './http/health.ts'
import { startPurging } from './jobs/purge.ts'
import { isIndexStale, reindex } from './patients/patients.ts'
import { newSetUpCode, withdrawSetUpCode } from './users/set-up.ts'
import { startDelivering } from './webhooks/webhooks.ts'
import { system } from './work.ts'

export type Running = {
  url: string
  config: Config
  database: OpenDatabase
  pools: Pools
  /** Lets the first person in; null once somebody is in. */
  setUpCode: string | null
  events: Events
  stop(): Promise<void>
}

/** Long enough for any request to finish; what is not done by then is cut. */
const drainMs = 10_000
const farewellMs = 300
const lastWordMs = 200

/** Config → database → migrate → app → listen; `stop` goes back the same way. */
export async function start(configured: Config): Promise<Running> {
  const config = configured.mode === 'demo' ? { ...configured, demoKey: demoKeyOf(configured) } : configured
  const events = createEvents(config.logLevel)
  const undo: (() => unknown)[] = []
  const rewind = async () => {
    for (const step of undo.splice(0).reverse()) {
      try {
        await step()
      } catch (error) {
        // It must not keep the steps after it from being taken.
        events.failed(error as Error, 'stop')
      }
    }
  }
  try {
    const database = await openDatabase(config, (event) => events.log.info(event, 'embedded database'))
    undo.push(() => database.close())
    if (database.embedded) undo.push(await claimDataDir(config, database))
    await migrate(database.connection)
    const pools = openPools(database.connection, events.databaseFailed)
    undo.push(() => pools.close())
    const replica = openReplica(config, events)
    undo.push(() => replica?.end())
    if (config.mode === 'demo') await prepareDemo(config, pools)
    undo.push(startPurging(pools.general, events.databaseFailed))
    const setUpCode = await newSetUpCode(pools.db)
    if (setUpCode) undo.push(() => withdrawSetUpCode(pools.db, setUpCode))
    const readiness: Readiness = { draining: false, rebuilding: false }
    undo.push(keepIndexFresh(config, pools, events, readiness))
    undo.push(startDelivering({ pools, config, events }).stop)
    const app = await buildApp({ config, pools, replica, events, readiness })
    undo.push(() => drain(app, readiness))
    const url = await listen(app, config)
    if (database.embedded) undo.push(noteAddress(config, url))
    events.log.info({ url, mode: config.mode }, 'serving')
    return { url, config, database, pools, setUpCode, events, stop: rewind }
  } catch (error) {
    await rewind()
    throw error
  }
}

async function prepareDemo(config: Config, { db }: Pools) {
  const work = { db, config, by: system }
  await loadDemo(work)
  await installDemoKey(work, config.demoKey!, config.demoKeyLimit)
}

/** One server per data directory: a second one says where the first is, and touches nothing. */
async function claimDataDir(config: Config, { connection }: OpenDatabase) {
  const release = await holdAlone(connection)
  if (release) return release
  throw new ConfigError(
    `ClínicaCRM already runs on this data (${config.dataDir})${whereRunning(config)}. Nothing was changed. ` +
      'Stop that one first, or give this one another DATA_DIR.',
  )
}

const addressFile = ({ dataDir }: Config) => join(dataDir, 'server.json')

function noteAddress(config: Config, url: string) {
  writeFileSync(addressFile(config), JSON.stringify({ pid: process.pid, url }))
  return () => rmSync(addressFile(config), { force: true })
}

function whereRunning(config: Config) {
  const other = whoRuns(config)
  return other ? `, as process ${other.pid} at ${other.url}` : ''
}

/** The program that runs on this data, as far as its note says. */
export function whoRuns(config: Config): { pid: number; url: string } | null {
  try {
    return JSON.parse(readFileSync(addressFile(config), 'utf8')) as { pid: number; url: string }
  } catch {
    return null
  }
}

async function listen(app: FastifyInstance, config: Config): Promise<string> {
  try {
    await app.listen({ host: config.host, port: config.port, backlog: 1024 })
  } catch (error) {
    throw new ConfigError(unusable(config, error as NodeJS.ErrnoException))
  }
  const { address, port, family } = app.server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

function unusable({ host, port }: Config, { code, message }: NodeJS.ErrnoException) {
  if (code === 'EADDRINUSE')
    return `PORT=${port}: another program already listens on ${host}:${port}. Stop it, or choose another PORT.`
  if (code === 'EACCES') return `PORT=${port}: this account may not listen there. Choose a PORT from 1024 up.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST=${host}: this machine has no such address.`
  return `HOST=${host} PORT=${port}: ${message}`
}

function openReplica({ replicaUrl }: Config, events: Events): pg.Pool | null {
  return replicaUrl ? openFastPool({ connectionString: replicaUrl }, events.databaseFailed) : null
}

/** Rebuilds the phone index in the background when rules, library or country changed; lookups go on meanwhile. */
function keepIndexFresh(config: Config, { db }: Pools, events: Events, readiness: Readiness): () => Promise<void> {
  const stopping = new AbortController()
  const rebuild = async () => {
    if (!(await isIndexStale(db, config))) return
    readiness.rebuilding = true
    const count = await reindex(db, config, undefined, stopping.signal)
    readiness.rebuilding = stopping.signal.aborted
    events.log.info({ count }, 'phone index rebuilt')
  }
  const done = rebuild().catch(events.databaseFailed)
  return async () => {
    stopping.abort()
    await done
  }
}

/**
 * Callers on kept connections are asked to leave with their next answer, and balancers by /api/ready, while all are still
 * served; then nobody new is let in, and who is in may still say what they came for. Closing at once would reset the
 * connection of everybody whose request is on its way.
 */
async function drain(app: FastifyInstance, readiness: Readiness) {
  readiness.draining = true
  if (await hasConnections(app)) {
    await sleep(farewellMs)
    // Unlike the HTTP server's own, this leaves open connections alone.
    NetServer.prototype.close.call(app.server)
    await sleep(lastWordMs)
  }
  const sweep = setInterval(() => app.server.closeIdleConnections(), 100)
  const cut = setTimeout(() => app.server.closeAllConnections(), drainMs)
  await app.close()
  clearInterval(sweep)
  clearTimeout(cut)
}

const hasConnections = ({ server }: FastifyInstance) =>
  new Promise<boolean>((resolve) => server.getConnections((_error, count) => resolve(count > 0)))

/** For the command line: the database alone, migrated. */
export async function withDatabase<T>(config: Config, use: (pools: Pools) => Promise<T>): Promise<T> {
  const events = createEvents('silent')
  const database = await openDatabase(config, () => undefined)
  try {
    await migrate(database.connection)
    const pools = openPools(database.connection, events.databaseFailed)
    try {
      return await use(pools)
    } finally {
      await pools.close()
    }
  } finally {
    await database.close()
  }
}
