import { lookupByBody, lookupByConversation, lookupByQuery } from '@clinicacrm/contract/lookup.ts'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'
import { Answer } from '../http/answer.ts'
import { type App, serve } from '../http/serve.ts'
import { type Answered, flat, line } from './answers.ts'
import type { Asked, Lookup } from './lookup.ts'

/** A phone number and a handful of ids need no more. */
const bodyLimit = 16 * 1024

export function lookupRoutes(app: App, lookup: Lookup) {
  serve(app, lookupByQuery, async ({ query }, caller, request) => {
    const asked = { ...query, fromQueryString: true }
    return shaped(await noting(request, asked, lookup.byPhone(asked, caller, request.startedAt)), query)
  })
  serve(
    app,
    lookupByBody,
    async ({ query, body }, caller, request) => {
      // Options may stand in the address or in the body; the body wins.
      const asked = { ...query, ...body, phone: String(body.phone), fromQueryString: false }
      return shaped(await noting(request, asked, lookup.byPhone(asked, caller, request.startedAt)), asked)
    },
    { bodyLimit },
  )
  serve(app, lookupByConversation, async ({ params, query }, caller, request) => {
    const answered = await lookup.byConversation({ ...params, ...query }, caller, request.startedAt)
    const { provider, conversation_id: call_id } = params
    request.noted = { provider, call_id, verdict: answered ? verdictIn(answered) : 'not_found' }
    if (!answered) throw new AppError('not_found', 'Nothing was looked up for this call within the last hour.')
    return shaped(answered, query)
  })
}

/** For whoever wonders later what a platform had asked. */
async function noting(request: FastifyRequest, asked: Asked & Options, looking: Promise<Answered>): Promise<Answered> {
  const { phone, fromQueryString: from_query_string, provider, conversation_id: call_id } = asked
  const { format, on_missing, called, agent } = asked
  const said = {
    method: request.method,
    from_query_string,
    format,
    on_missing: on_missing && String(on_missing),
    called,
    agent,
  }
  const noted = { provider, call_id, phone, said }
  try {
    const answered = await looking
    request.noted = { ...noted, verdict: verdictIn(answered) }
    return answered
  } catch (error) {
    const isInvalid = error instanceof AppError && error.status === 400
    request.noted = { ...noted, verdict: isInvalid ? 'invalid' : null, problem: (error as Error).message }
    throw error
  }
}

const verdictIn = ({ body }: Answered) => (body.found ? 'found' : (body.reason ?? 'not_found'))

type Options = { format?: 'json' | 'flat' | 'text' | undefined; on_missing?: '200' | '404' | 200 | 404 | undefined }

/** The guide's answer unless the platform asked for another status or shape. */
function shaped(answered: Answered, { format, on_missing }: Options) {
  const status = answered.top || String(on_missing) === '200' ? 200 : 404
  if (format === 'text') return new Answer(status, line(answered), 'text/plain; charset=utf-8')
  return new Answer(status, format === 'flat' ? flat(answered) : answered.body)
}
