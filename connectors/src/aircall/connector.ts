import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { connector, type ConnectorRequest, jsonIn, posted, problemOf, readingOf, secret } from '../connector.ts'
import { cardFor } from './card.ts'
import { eventOf, webhook } from './webhook.ts'
import { words } from './words.ts'

const settings = z.strictObject({
  token: z.string().trim().max(200).default('').meta(secret),
  card: z.enum(['name', 'link', 'off']).default('name'),
  language: z.enum(['it', 'en', 'es']).default('it'),
  api_id: z
    .string()
    .trim()
    .max(200)
    .default('')
    .meta({ ...secret, sent_to: 'api_url' }),
  api_token: z
    .string()
    .trim()
    .max(200)
    .default('')
    .meta({ ...secret, sent_to: 'api_url' }),
  api_url: z
    .string()
    .trim()
    .max(300)
    .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an address')
    .default('https://api.aircall.io/v1'),
})

/** Aircall posts what happens to a call, and shows a card of ours on the agent's telephone while it rings. */
export const aircall = connector({
  name: 'aircall',
  title: 'Aircall',
  words,
  settings,
  frameOrigins: [],
  takes: 'line',
  events: {
    readEvents(request) {
      const read = webhook.safeParse(jsonIn(request.rawBody))
      if (!read.success) return { events: [], problems: read.error.issues.map((issue) => problemOf(issue, null)) }
      const event = eventOf(read.data)
      return event ? readingOf([event]) : { events: [], problems: [] }
    },
    isGenuine(request, { token }) {
      return token === '' || isSame(tokenIn(request), token)
    },
    trial: ({ call_id, event, from, to, agent }) =>
      posted({
        resource: 'call',
        event: { ringing: 'call.ringing_on_agent', answered: 'call.answered', ended: 'call.hungup' }[event],
        data: { id: call_id, direction: 'inbound', raw_digits: from, number: { digits: to }, user: { email: agent } },
      }),
    reply: (_request, _settings, { problems }) => ({
      status: problems.length > 0 ? 400 : 200,
      contentType: 'application/json; charset=utf-8',
      body: JSON.stringify({ problems }),
    }),
    errands(request, account, { replies, names }) {
      const read = webhook.safeParse(jsonIn(request.rawBody))
      const [reply] = replies
      // One card for each call: told again, it has its card already.
      const isNew = read.success && read.data.event === 'call.created' && read.data.data.direction !== 'outbound'
      if (!isNew || !reply || reply.repeated || account.card === 'off') return []
      const card = cardFor(account, reply, { callId: read.data.data.id, name: names?.[reply.id] ?? null })
      return card ? [card] : []
    },
  },
})

function tokenIn(request: ConnectorRequest): string {
  const read = webhook.pick({ token: true }).safeParse(jsonIn(request.rawBody))
  return read.success ? read.data.token : ''
}

/** Takes as long for a token that begins right as for any other. */
function isSame(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(left!, right!)
}
