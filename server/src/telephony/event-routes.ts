import type { Connector, ConnectorRequest } from '@clinicacrm/connectors/connector.ts'
import { connectorNamed } from '@clinicacrm/connectors/index.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'
import type { Disclosures } from '../audit/disclosures.ts'
import { isSandbox } from '../calls/calls.ts'
import type { Events } from '../events.ts'
import type { Outgoing } from '../http/outgoing.ts'
import { refusePlainHttp } from '../http/peer.ts'
import type { RateLimit } from '../http/rate-limit.ts'
import type { Noted } from '../http/request-log.ts'
import type { Seals } from '../http/sealed.ts'
import type { App } from '../http/serve.ts'
import { runErrands } from './errands.ts'
import { type Intake, type Source, type Taken, takeIn } from './intake.ts'
import { addressOf, hashOf, secretShape } from './lines.ts'
import { countEvents, lineBySecret } from './queries.ts'
import { openSettings, secretsOf, type Settings } from './settings.ts'
import { countKeyEvents } from './setup-queries.ts'
import { settingsOf } from './setups.ts'

type House = Omit<Intake, 'db'> & {
  rateLimit: RateLimit
  events: Events
  seals: Seals
  disclosures: Disclosures
  outgoing: Outgoing
}
type Found = { connector: Connector; source: Source; url: string }

const pathWithKey = '/api/telephony/events/:connector'
const path = `${pathWithKey}/:token`
const bodyLimit = 64 * 1024
const limitPerMinute = 3_000
const maxRemembered = 1_000

/** Not in the contract's list: what is sent, and the answer, are in the words of the platform. */
export function telephonyEventRoutes(app: App, house: House): void {
  app.declared.set(path, [
    { method: 'POST', needs: 'public' },
    { method: 'GET', needs: 'public' },
  ])
  app.declared.set(pathWithKey, [{ method: 'POST', needs: 'calls:write' }])
  const lineOf = createLineCheck(app, house)
  const answering = (find: (request: FastifyRequest) => Promise<Found>) =>
    async function answer(request: FastifyRequest, reply: FastifyReply) {
      const found = await find(request)
      const sent = { ...sentBy(request), url: found.url }
      const noted = notedOf(found, sent)
      request.noted = noted
      const taken = await takeIn({ ...house, db: app.db }, { ...found, request: sent })
      request.noted = { ...noted, ...told(taken) }
      runErrands({ ...house, db: app.db }, { ...found, request: sent, taken })
      return reply.code(taken.reply.status).type(taken.reply.contentType).send(taken.reply.body)
    }
  // A signature is made over the body to the letter, whatever its type.
  void app.fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body))
    scope.route({ method: ['POST', 'GET'], url: path, bodyLimit, handler: answering(lineOf) })
    const onRequest = app.doorman.admit('calls:write')
    const handler = answering((request) => keyHolder(app, house, request))
    scope.route({ method: 'POST', url: pathWithKey, bodyLimit, onRequest, handler })
    done()
  })
}

/** For whoever wonders later what a platform had sent. */
const notedOf = ({ connector, source }: Found, { contentType, rawBody }: ConnectorRequest): Noted => ({
  provider: connector.name,
  actor: source.actor,
  said: { content_type: contentType, body: withoutSecrets(rawBody.toString('utf8'), connector, source.settings) },
})

/** A platform may send the secret that it is known by, in a form or in JSON. */
function withoutSecrets(body: string, connector: Connector, settings: Settings): string {
  const secrets = secretsOf(connector)
    .map((name) => settings[name])
    .filter((one) => typeof one === 'string' && one !== '') as string[]
  const written = secrets.flatMap((one) => [one, JSON.stringify(one).slice(1, -1), encodeURIComponent(one)])
  return written.reduce((text, secret) => text.replaceAll(secret, '…'), body)
}

function told({ events, replies, problems }: Taken): Noted {
  const [event] = events
  const { call_id, from: phone } = event ?? {}
  return { call_id, phone, verdict: replies[0]?.match, problem: problems.join('; ') || null }
}

function sentBy(request: FastifyRequest): ConnectorRequest {
  const { method, headers } = request
  const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const query = request.query as ConnectorRequest['query']
  const contentType = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  return { method, headers, rawBody, query, contentType }
}

/** Whoever has a key, or is a person with the right: the settings are those of the connector. */
async function keyHolder({ db }: App, { config, seals }: House, request: FastifyRequest): Promise<Found> {
  const { connector: name } = request.params as { connector: string }
  const connector = connectorNamed(name)
  if (!connector?.events || connector.takes !== 'key')
    throw new AppError('not_found', 'There is no connector of this name that takes events with a key.')
  const { actor, name: who, clinicIds } = request.caller!
  const settings = await settingsOf({ db, seals }, name)
  const count: Source['count'] = (what) => countKeyEvents(db, name, what)
  const url = `${config.publicUrl}/api/telephony/events/${name}`
  const isTried = isSandbox(request.caller!)
  const source = {
    actor,
    name: who,
    clinicIds,
    isSandbox: isTried,
    settings,
    count: isTried ? async () => undefined : count,
  }
  return { connector, source, url }
}

/** The secret in the address stands for a key, and whoever tries many is slowed down like whoever tries many keys. */
function createLineCheck({ db }: App, { config, rateLimit, events, seals }: House) {
  const good = new Set<string>()
  return async (request: FastifyRequest): Promise<Found> => {
    const { connector: name, token } = request.params as { connector: string; token: string }
    refusePlainHttp(request, 'Addresses with a secret')
    const hash = hashOf(token)
    if (!good.has(hash) && (await rateLimit.tooManyFailures(request.ip))) {
      events.keyRefused('too_many_failures')
      throw tooMany('Too many failed attempts from this address.', 60)
    }
    const connector = connectorNamed(name)
    const line =
      connector?.events && connector.takes === 'line' && secretShape.test(token)
        ? await lineBySecret(db, name, hash)
        : null
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
    const source: Source = {
      actor: `line:${line.id}`,
      name: line.name,
      clinicIds: null,
      isSandbox: false,
      settings: openSettings(seals, line.settings as Settings),
      count: (what) => countEvents(db, line.id, what),
    }
    return { connector, source, url: addressOf({ config }, name, token) }
  }
}

const tooMany = (message: string, seconds: number) =>
  new AppError('too_many_requests', message, {}, { 'retry-after': String(seconds) })
