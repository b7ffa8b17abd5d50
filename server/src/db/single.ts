import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** Any number will do, as long as nobody else in this database uses it. */
const serverLock = 4_717_003_126

/**
 * Holds a lock that only one program at a time can have; null when another has it. It lives in PostgreSQL, so it dies with
 * the program that holds it, however that dies: no stale file, no pid to guess about.
 */
export async function holdAlone(connection: pg.ClientConfig): Promise<(() => Promise<void>) | null> {
  let released = false
  let client = await take(connection)
  if (!client) return null
  void keep()
  return async () => {
    released = true
    await client?.end()
  }

  /** A database that restarts forgets the lock: take it again. */
  async function keep() {
    while (!released) {
      await new Promise((resolve) => (client ? client.once('end', resolve) : resolve(null)))
      if (!released) await sleep(500, undefined, { ref: false })
      if (!released) client = await take(connection).catch(() => null)
    }
  }
}

async function take(connection: pg.ClientConfig): Promise<pg.Client | null> {
  const client = new pg.Client({ ...connection, application_name: 'clinicacrm lock' })
  // A lost connection is told by `end`; without a listener its error would end the process.
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [serverLock])
  if (rows[0]?.held) return client
  await client.end()
  return null
}
