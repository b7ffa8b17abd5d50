import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import pg from 'pg'
import * as schema from './schema.ts'

/** The database or a transaction in it: what every verb and query takes first. */
export type Db = PgDatabase<NodePgQueryResultHKT, typeof schema>

export type Pools = {
  /** For people and jobs: a query may take ten seconds. */
  db: Db
  general: pg.Pool
  /** For lookups and keys: an answer within the vendor's patience, or none. */
  fast: pg.Pool
  /** A connection outside the pools, for whoever listens for as long as the program runs; not connected yet. */
  newListener(): pg.Client
  close(): Promise<void>
}

/** node-postgres waits for ever by default; connecting, the statement and the answer each need a bound. */
const patience = {
  general: { connectionTimeoutMillis: 1_000, statement_timeout: 10_000, query_timeout: 11_000 },
  fast: { connectionTimeoutMillis: 250, statement_timeout: 350, query_timeout: 400 },
}

/** The dates we print rely on UTC; jit costs more than it gives on small statements; nobody waits long behind a lock. */
const all = '-c TimeZone=UTC -c jit=off -c lock_timeout=2000'
const settings = {
  // A page from anywhere costs what the next one does, on SSDs and in memory: else filters are not combined. And whoever
  // lists a hundred thousand cases takes one processor, not all.
  general: `${all} -c random_page_cost=1.1 -c max_parallel_workers_per_gather=0`,
  // PostgreSQL would plan a statement anew for each number, which takes longer than answering it.
  fast: `${all} -c plan_cache_mode=force_generic_plan`,
}

export function openPools(connection: pg.ClientConfig, onError: (error: Error) => void): Pools {
  const general = openPool(connection, 'general', 10, onError)
  const fast = openFastPool(connection, onError)
  const close = async () => void (await Promise.all([general.end(), fast.end()]))
  const newListener = () =>
    new pg.Client({ ...connection, ...patience.general, keepAlive: true, application_name: 'clinicacrm live' })
  return { db: drizzle(general, { schema }), general, fast, newListener, close }
}

export const openFastPool = (connection: pg.ClientConfig, onError: (error: Error) => void): pg.Pool =>
  openPool(connection, 'fast', 4, onError)

function openPool(
  connection: pg.ClientConfig,
  kind: keyof typeof patience,
  max: number,
  onError: (error: Error) => void,
) {
  const pool = new pg.Pool({
    ...connection,
    ...patience[kind],
    max,
    keepAlive: true,
    idle_in_transaction_session_timeout: 15_000,
    application_name: `clinicacrm ${kind}`,
    options: settings[kind],
  })
  pool.on('error', onError)
  return pool
}

/** For one-off work such as migrations: no time limit on a statement. */
export async function withClient<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    ...connection,
    connectionTimeoutMillis: 10_000,
    application_name: 'clinicacrm maintenance',
    options: '-c TimeZone=UTC',
  })
  // A connection lost while idle surfaces on the next query; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
