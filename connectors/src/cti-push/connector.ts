import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { connector, type ConnectorRequest, headerOf, posted, problemOf, readingOf } from '../connector.ts'
import { eventOf } from './event.ts'
import { fieldsOf, push } from './push.ts'
import { words } from './words.ts'

const settings = z.strictObject({
  provider: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .default('cti-push')
    .meta({ description: 'The platform’s name, as agents’ names are kept for it.' }),
  platform: z
    .enum(['detect', 'sipgate', 'generic'])
    .default('detect')
    .meta({ description: 'sipgate is answered in XML and writes numbers with country code; others are not.' }),
  public_key: z
    .string()
    .trim()
    .max(4_000)
    .refine(isKey, 'must be a public key in PEM, from -----BEGIN PUBLIC KEY----- on')
    .default('')
    .meta({ description: 'PEM. With it, only requests that sipgate signed are believed.' }),
})
type Settings = z.output<typeof settings>

/** What sipgate.io and Zammad's generic CTI push: newCall, answer and hangup, as a form or as JSON. */
export const ctiPush = connector({
  name: 'cti-push',
  title: 'CTI push (sipgate.io, Zammad)',
  words,
  settings,
  frameOrigins: [],
  events: {
    readEvents(request, set) {
      const pushed = push.safeParse(fieldsOf(request))
      if (!pushed.success) return { events: [], problems: pushed.error.issues.map((issue) => problemOf(issue, null)) }
      return readingOf([eventOf(pushed.data, { provider: set.provider, isSipgate: isSipgate(request, set) })])
    },
    isGenuine(request, { public_key }) {
      if (!public_key) return true
      const signature = Buffer.from(headerOf(request, 'x-sipgate-signature'), 'base64')
      return verify('RSA-SHA256', request.rawBody, public_key, signature)
    },
    trial: ({ call_id, event, from, to, agent }) => {
      const base = { from, to, direction: 'in', callId: call_id, user: [agent] }
      if (event === 'answered') return posted({ ...base, event: 'answer', answeringNumber: agent })
      return posted({
        ...base,
        ...(event === 'ringing' ? { event: 'newCall' } : { event: 'hangup', cause: 'normalClearing' }),
      })
    },
    reply(request, set, { url }) {
      if (!isSipgate(request, set)) return { status: 200, contentType: 'application/json; charset=utf-8', body: '{}' }
      // sipgate sends what follows only to where the reply to the first event says.
      const address = escaped(url)
      const more = fieldsOf(request)['event'] === 'newCall' ? ` onAnswer="${address}" onHangup="${address}"` : ''
      const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Response${more}/>\n`
      return { status: 200, contentType: 'application/xml; charset=utf-8', body }
    },
  },
})

/** sipgate signs, and sends ids beside names. */
function isSipgate(request: ConnectorRequest, { platform }: Settings): boolean {
  if (platform !== 'detect') return platform === 'sipgate'
  const fields = fieldsOf(request)
  return headerOf(request, 'x-sipgate-signature') !== '' || 'xcid' in fields || 'fullUserId' in fields
}

function isKey(text: string): boolean {
  if (text === '') return true
  try {
    return createPublicKey(text).asymmetricKeyType === 'rsa' && text.includes('PUBLIC KEY')
  } catch {
    return false
  }
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
