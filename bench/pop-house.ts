import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { readConfig } from '../server/src/config.ts'
import { openPools, type Pools } from '../server/src/db/client.ts'
import { createAuth } from '../server/src/http/auth.ts'
import { foundOrganisation } from '../server/src/organisation/organisation.ts'
import { addUser } from '../server/src/users/users.ts'
import { system } from '../server/src/work.ts'
import { openCluster } from './cluster.ts'
import { loadDataset } from './dataset.ts'
import { command, type Served, serveProgram } from './servers.ts'

/** Somebody at a desk, signed in. */
export type Agent = { id: string; email: string; cookie: string }

/** A call centre on a database of its own: patients who may call, agents with a session, a key for the telephone system. */
export type PopHouse = {
  database: string
  pools: Pools
  key: string
  agents: Agent[]
  /** The real program on this database; on this port, if one is given. */
  serve(port?: number): Promise<Served>
}

/** Everything it starts ends with `stack`. */
export async function openPopHouse(
  stack: AsyncDisposableStack,
  { patients, agents }: { patients: number; agents: number },
): Promise<PopHouse> {
  const cluster = await openCluster()
  stack.defer(() => cluster.stop())
  await cluster.create('clinicacrm')
  await loadDataset(cluster.superuser('clinicacrm'), patients)
  const database = cluster.url('clinicacrm')
  // Sessions are signed by us and read by the program.
  const environment = { DATABASE_URL: database, AUTH_SECRET: randomBytes(32).toString('hex') }
  const printed = await command(
    ['keys', 'create', '--name', 'bench', '--limit', '1000000', '--scope', 'calls:write'],
    environment,
  )
  const config = readConfig('serve', environment)
  const pools = openPools({ connectionString: database }, () => undefined)
  stack.defer(() => pools.close())
  const work = { db: pools.db, config, by: system }
  await foundOrganisation(work, { name: 'Bench', country: 'IT', locale: 'it' })
  const auth = createAuth(config)(pools.db)
  const sit = async (n: number): Promise<Agent> => {
    const email = `agent.${n}@bench.example`
    const fields = { name: `Agente ${n}`, email, role: 'agent', clinic_ids: null, locale: 'it' } as const
    const { id } = await addUser(work, fields)
    const { headers } = await auth.api.startSession({ body: { userId: id }, returnHeaders: true })
    return { id, email, cookie: headers.getSetCookie()[0]!.split(';')[0]! }
  }
  const seated: Agent[] = []
  for (let n = 0; n < agents; n++) seated.push(await sit(n))
  return {
    database,
    pools,
    key: /^ +(\S+)$/m.exec(printed)![1]!,
    agents: seated,
    serve: async (port) =>
      serveProgram({ ...environment, LOG_LEVEL: 'info', PORT: String(port ?? (await freePort())) }),
  }
}

/** A port that is free now and, on a quiet machine, when a killed server comes back to it. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Tells what happens to a call, as a telephone system does. Returns null when nobody took it. */
export async function tellOf(url: string, key: string, event: object): Promise<{ status: number; body: Told | null }> {
  try {
    const response = await fetch(`${url}/api/calls/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(20_000),
    })
    const text = await response.text()
    return { status: response.status, body: response.ok ? (JSON.parse(text) as Told) : null }
  } catch {
    return { status: 0, body: null }
  }
}

export type Told = { id: string; delivered: boolean; repeated: boolean }
