import { z } from 'zod'
import { type ConnectorRequest, jsonIn } from '../connector.ts'

const word = z.coerce.string().nullish()
const callId = z
  .union([z.string(), z.number()], 'must name the call')
  .transform((id) => String(id).trim())
  .pipe(z.string().min(1, 'must name the call'))
/** One or several; some senders write a single one without a list. */
const words = z
  .union([z.array(z.coerce.string()), z.string().transform((one) => [one]), z.null().transform((): string[] => [])])
  .default([])
  .transform((list) => list.map((one) => one.trim()).filter(Boolean))

/** What all who speak this format say, by the names they use. */
export const push = z.object({
  event: z.enum(['newCall', 'answer', 'hangup']),
  callId,
  direction: z.enum(['in', 'out']).nullish(),
  from: word,
  to: word,
  queue: word,
  user: words,
  userId: words,
  fullUserId: words,
  answeringNumber: word,
  cause: word,
})
export type Push = z.output<typeof push>

/** The fields of a form or of JSON, without the `[]` of lists; from the address when there is no body. */
export function fieldsOf({ rawBody, contentType, query }: ConnectorRequest): Record<string, unknown> {
  if (rawBody.length === 0) return named(Object.entries(query))
  const text = rawBody.toString('utf8')
  // Some senders name the type of one and send the other.
  if (contentType.endsWith('json') || /^\s*\{/.test(text)) {
    const body = jsonIn(rawBody)
    return typeof body === 'object' && body !== null ? named(Object.entries(body)) : {}
  }
  const form = new URLSearchParams(text)
  return named(
    [...new Set(form.keys())].map((name) => [name, name.endsWith('[]') ? form.getAll(name) : form.get(name)]),
  )
}

const named = (entries: [string, unknown][]): Record<string, unknown> =>
  Object.fromEntries(entries.map(([name, value]) => [name.replace(/\[\]$/, ''), value]))
