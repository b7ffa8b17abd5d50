import { connectorNamed } from '@clinicacrm/connectors/index.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'
import type { Events } from '../events.ts'
import { refusePlainHttp } from '../http/peer.ts'
import type { RateLimit } from '../http/rate-limit.ts'
import type { App } from '../http/serve.ts'
import { type Intake, takeIn } from './intake.ts'
import { addressOf, hashOf, secretShape } from './lines.ts'
import { lineBySecret } from './queries.ts'

type House = Omit<Intake, 'db'> & { rateLimit: RateLimit; events: Events }

const path = '/api/telephony/events/:connector/:token'
const bodyLimit = 64 * 1024
const limitPerMinute = 3_000
const maxRemembered = 1_000

/** Not in the contract's list: what is sent, and the answer, are in the words of the platform. */
export function telephonyEventRoutes(app: App, house: House): void {
  app.declared.set(path, [
    { method: 'POST', needs: 'public' },
    { method: 'GET', needs: 'public' },
  ])
  const lineOf = createLineCheck(app, house)
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const found = await lineOf(request)
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const { method, headers } = request
    const query = request.query as Record<string, string | string[] | undefined>
    const contentType = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
    const answer = await takeIn(
      { ...house, db: app.db },
      { ...found, request: { method, headers, rawBody, query, contentType } },
    )
    return reply.code(answer.status).type(answer.contentType).send(answer.body)
  }
  // A signature is made over the body to the letter, whatever its type.
  void app.fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body))
    scope.route({ method: ['POST', 'GET'], url: path, bodyLimit, handler })
    done()
  })
}

/** The secret in the address stands for a key, and whoever tries many is slowed down like whoever tries many keys. */
function createLineCheck({ db }: App, { config, rateLimit, events }: House) {
  const good = new Set<string>()
  return async (request: FastifyRequest) => {
    const { connector: name, token } = request.params as { connector: string; token: string }
    refusePlainHttp(request, 'Addresses with a secret')
    const hash = hashOf(token)
    if (!good.has(hash) && (await rateLimit.tooManyFailures(request.ip))) {
      events.keyRefused('too_many_failures')
      throw tooMany('Too many failed attempts from this address.', 60)
    }
    const connector = connectorNamed(name)
    const line = connector?.events && secretShape.test(token) ? await lineBySecret(db, name, hash) : null
    if (!connector || !line) {
      await rateLimit.countFailure(request.ip)
      events.keyRefused('unknown_line')
      throw new AppError('not_found', 'There is no line at this address.')
    }
    if (!line.active) throw new AppError('not_found', 'There is no line at this address.')
    if (good.size >= maxRemembered) good.clear()
    good.add(hash)
    const { allowed, resetSeconds } = await rateLimit.key(`line:${line.id}`, limitPerMinute)
    if (!allowed) throw tooMany(`A line may send ${limitPerMinute} requests a minute.`, resetSeconds)
    return { connector, line, url: addressOf({ config }, name, token) }
  }
}

const tooMany = (message: string, seconds: number) =>
  new AppError('too_many_requests', message, {}, { 'retry-after': String(seconds) })
