import { health, ready } from '@clinicacrm/contract/health.ts'
import { sql } from 'drizzle-orm'
import type { Pools } from '../db/client.ts'
import { isMigrated } from '../db/migrate.ts'
import type { Events } from '../events.ts'
import { isLoopback } from './peer.ts'
import { Answer } from './answer.ts'
import { type App, serve } from './serve.ts'
import { version } from './version.ts'

/** What the process says of itself while it starts, rebuilds and stops. */
export type Readiness = { draining: boolean; rebuilding: boolean }

export function healthRoutes(app: App, house: { pools: Pools; readiness: Readiness; events: Events }) {
  const { pools, readiness, events } = house
  const startedAt = Date.now()

  serve(app, health, () => ({ status: 'ok' as const, version, uptime_s: Math.floor((Date.now() - startedAt) / 1000) }))

  serve(app, ready, async () => {
    const database = await works(pools.db.execute(sql`select 1`).then(() => true))
    const migrations = database === 'ok' ? await works(isMigrated(pools.db)) : 'failing'
    const checks = {
      database,
      migrations,
      phone_index: readiness.rebuilding ? ('rebuilding' as const) : ('ok' as const),
    }
    const isReady = database === 'ok' && migrations === 'ok' && !readiness.draining
    return new Answer(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not_ready', checks })
  })

  // Not in the contract: its reply is Prometheus' text. Open to this machine, for others with the scope metrics:read.
  const admit = app.doorman.admit('metrics:read')
  app.declared.set('/api/metrics', [{ method: 'GET', needs: 'metrics:read' }])
  app.fastify.get('/api/metrics', {
    onRequest: (request, reply) => (isLocal(request) ? Promise.resolve() : admit(request, reply)),
    handler: async (_request, reply) => reply.type(events.metrics.contentType).send(await events.metrics.metrics()),
  })
}

/** A forwarded request is not local, whoever forwarded it. */
const isLocal = (request: { socket: { remoteAddress?: string | undefined }; headers: Record<string, unknown> }) =>
  isLoopback(request.socket.remoteAddress) && !request.headers['x-forwarded-for'] && !request.headers.forwarded

async function works(check: Promise<boolean>): Promise<'ok' | 'failing'> {
  const tooLate = new Promise<boolean>((resolve) => void setTimeout(resolve, 1_000, false).unref())
  return (await Promise.race([check, tooLate]).catch(() => false)) ? 'ok' : 'failing'
}
