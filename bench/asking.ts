import { phoneQuery } from '@clinicacrm/contract/phone.ts'
import Fastify from 'fastify'
import { openPools } from '../server/src/db/client.ts'
import { createAsk } from '../server/src/db/fast.ts'
import { createEvents } from '../server/src/events.ts'
import { createMatcher } from '../server/src/lookup/queries.ts'

/*
 * The question of a lookup alone: matching and statement, no key, no limit, no trace. `node asking.ts <DATABASE_URL>
 * together|apart`: together asks once for all callers of a turn of the event loop, apart asks for each.
 */

const [url = '', mode = 'together'] = process.argv.slice(2)
const events = createEvents('silent')
const pools = openPools({ connectionString: url }, () => undefined)
const ask = createAsk({ primary: pools.fast, replica: null }, events)
const together = createMatcher(ask)
// A matcher of its own has nobody to wait for.
const matchesOf: typeof together = mode === 'together' ? together : (...asked) => createMatcher(ask)(...asked)

const app = Fastify()
app.get<{ Querystring: { phone: string } }>('/api/lookup', async ({ query }, reply) => {
  const read = phoneQuery(query.phone, 'IT', { fromQueryString: true })
  if (read.kind !== 'number') return reply.code(400).send({ found: false })
  const { cases, count } = await matchesOf({ key: read.key, ext: read.ext, clinicIds: null }, performance.now() + 5_000)
  if (!cases[0]) return reply.code(404).send({ found: false })
  return { found: true, case_id: cases[0].case_id, count, matches: cases }
})
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
