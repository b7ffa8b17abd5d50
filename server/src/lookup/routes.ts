import { lookupByBody, lookupByConversation, lookupByQuery } from '@clinicacrm/contract/lookup.ts'
import { AppError } from '../app-error.ts'
import { Answer } from '../http/answer.ts'
import { type App, serve } from '../http/serve.ts'
import { type Answered, flat, line } from './answers.ts'
import type { Lookup } from './lookup.ts'

/** A phone number and a handful of ids need no more. */
const bodyLimit = 16 * 1024

export function lookupRoutes(app: App, lookup: Lookup) {
  serve(app, lookupByQuery, async ({ query }, caller, { startedAt }) =>
    shaped(await lookup.byPhone({ ...query, fromQueryString: true }, caller, startedAt), query),
  )
  serve(
    app,
    lookupByBody,
    async ({ query, body }, caller, { startedAt }) => {
      // Options may stand in the address or in the body; the body wins.
      const asked = { ...query, ...body, phone: String(body.phone), fromQueryString: false }
      return shaped(await lookup.byPhone(asked, caller, startedAt), asked)
    },
    { bodyLimit },
  )
  serve(app, lookupByConversation, async ({ params, query }, caller, { startedAt }) => {
    const answered = await lookup.byConversation({ ...params, ...query }, caller, startedAt)
    if (!answered) throw new AppError('not_found', 'Nothing was looked up for this call within the last hour.')
    return shaped(answered, query)
  })
}

type Options = { format?: 'json' | 'flat' | 'text' | undefined; on_missing?: '200' | '404' | 200 | 404 | undefined }

/** The guide's answer unless the platform asked for another status or shape. */
function shaped(answered: Answered, { format, on_missing }: Options) {
  const status = answered.top || String(on_missing) === '200' ? 200 : 404
  if (format === 'text') return new Answer(status, line(answered), 'text/plain; charset=utf-8')
  return new Answer(status, format === 'flat' ? flat(answered) : answered.body)
}
