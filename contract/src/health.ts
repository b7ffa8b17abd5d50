import { z } from 'zod'
import { endpoint } from './endpoint.ts'

const check = z.enum(['ok', 'failing'])

export const health = endpoint({
  name: 'health',
  method: 'GET',
  path: '/api/health',
  needs: 'public',
  tag: 'Operation',
  summary: 'The process serves',
  reply: z.object({ status: z.literal('ok'), version: z.string(), uptime_s: z.int() }),
})

const readiness = z
  .object({
    status: z.enum(['ready', 'not_ready']),
    checks: z.object({ database: check, migrations: check, phone_index: z.enum(['ok', 'rebuilding']) }),
  })
  .meta({ id: 'Readiness' })

export const ready = endpoint({
  name: 'ready',
  method: 'GET',
  path: '/api/ready',
  needs: 'public',
  tag: 'Operation',
  summary: 'The database answers and its migrations are in place',
  reply: readiness,
  otherReplies: { 503: { description: 'Not ready, or shutting down.', schema: readiness } },
})
