import { watchCase } from '@clinicacrm/contract/case-page.ts'
import { lookupByBody } from '@clinicacrm/contract/lookup.ts'
import { findDuplicates } from '@clinicacrm/contract/patient-page.ts'
import cors from '@fastify/cors'
import type pg from 'pg'
import Fastify, { type FastifyInstance } from 'fastify'
import { apiKeyRoutes } from './api-keys/routes.ts'
import { AppError } from './app-error.ts'
import { createDisclosures, type Disclosures } from './audit/disclosures.ts'
import { createDeliveries } from './calls/calls.ts'
import { popPageRoutes } from './calls/pop-page.ts'
import { ringRoutes } from './calls/ring-routes.ts'
import { callRoutes } from './calls/routes.ts'
import { callAfterRoutes } from './calls/after-routes.ts'
import { casePageRoutes } from './cases/page-routes.ts'
import { bulkRoutes } from './cases/bulk-routes.ts'
import { preloadedCase } from './cases/preload.ts'
import { caseListRoutes } from './cases/list-routes.ts'
import { caseRoutes } from './cases/routes.ts'
import { clinicRoutes } from './clinics/routes.ts'
import type { Config } from './config.ts'
import type { Pools } from './db/client.ts'
import { type Ask, createAsk } from './db/fast.ts'
import { deskRoutes } from './desk/routes.ts'
import type { Events } from './events.ts'
import { frameRoutes } from './frames/routes.ts'
import { createKeyDoor } from './http/api-keys.ts'
import { createAuth } from './http/auth.ts'
import { createCounters } from './http/counters.ts'
import { docsRoutes } from './http/docs.ts'
import { createDoorman } from './http/doorman.ts'
import { errorReply, refuseConnection, refuseUrl } from './http/error-reply.ts'
import { healthRoutes, type Readiness } from './http/health.ts'
import { createOutgoing } from './http/outgoing.ts'
import { createRateLimit } from './http/rate-limit.ts'
import { logRequests } from './http/request-log.ts'
import { createSeals } from './http/sealed.ts'
import { secureHeaders } from './http/secure-headers.ts'
import { createSessions } from './http/sessions.ts'
import { shedLoad } from './http/shed-load.ts'
import { type App, refuseOtherMethods } from './http/serve.ts'
import { createUsage } from './http/usage.ts'
import { type Preload, webAppRoutes } from './http/web-app.ts'
import { createHub } from './live/hub.ts'
import { liveRoutes } from './live/routes.ts'
import { createConversations } from './lookup/conversations.ts'
import { createLookup } from './lookup/lookup.ts'
import { lookupRoutes } from './lookup/routes.ts'
import { createMail } from './mail/mail.ts'
import { organisationRoutes } from './organisation/routes.ts'
import { patientRoutes } from './patients/routes.ts'
import { requestRoutes } from './requests/routes.ts'
import { statusRoutes } from './statuses/routes.ts'
import { connectorRoutes } from './telephony/connector-routes.ts'
import { telephonyEventRoutes } from './telephony/event-routes.ts'
import { telephonyRoutes } from './telephony/routes.ts'
import { treatmentRoutes } from './treatments/routes.ts'
import { type House as People, openHouse } from './users/house.ts'
import { userRoutes } from './users/routes.ts'
import { personFor, preloadedFor, preloadedFramed } from './users/session-view.ts'
import { viewRoutes } from './views/routes.ts'
import { webhookRoutes } from './webhooks/routes.ts'
import type { Work } from './work.ts'

/** Asked with a body, or too often to be worth a line each; nothing is changed that anybody must account for. */
const asksByPost: ReadonlySet<string> = new Set([lookupByBody.path, findDuplicates.path, watchCase.path])

export type Parts = { config: Config; pools: Pools; replica: pg.Pool | null; events: Events; readiness: Readiness }

/** The whole program short of listening. `close()` of the instance drains, then writes what waits in memory. */
export async function buildApp({ config, pools, replica, events, readiness }: Parts): Promise<FastifyInstance> {
  const ask = createAsk({ primary: pools.fast, replica }, events)
  const { keyDoor, authOn, sessions, counters, usage, rateLimit, doorman } = openDoors({ config, pools, events }, ask)
  const disclosures = createDisclosures(pools.general, events)
  const conversations = createConversations(pools.general, events.databaseFailed)
  const lookup = createLookup({ ask, config, disclosures, conversations, events })

  const fastify = createFastify(config, events)
  const mail = createMail(config.smtp, events)
  const people = openHouse({ db: pools.db, config, events, authOn, sessions, counters, mail })
  const app: App = { fastify, db: pools.db, doorman, declared: new Map() }
  const house = { config, events, disclosures }
  const seals = createSeals(config)
  const deliveries = createDeliveries(pools.db, events)
  const hub = createHub(pools, events, deliveries.reached)

  const requests = logRequests(fastify, pools.general, events.databaseFailed)
  secureHeaders(fastify, config)
  await allowOrigins(fastify, config)
  await shedLoad(fastify, events)

  lookupRoutes(app, lookup)
  caseRoutes(app, house)
  caseListRoutes(app, house)
  casePageRoutes(app, house)
  deskRoutes(app, house)
  callRoutes(app, { ...house, lookup, deliveries })
  bulkRoutes(app, house)
  patientRoutes(app, house)
  clinicRoutes(app, house)
  treatmentRoutes(app, house)
  statusRoutes(app)
  organisationRoutes(app, house)
  userRoutes(app, people)
  viewRoutes(app, house)
  callAfterRoutes(app, house)
  ringRoutes(app, { config, events, lookup, deliveries })
  telephonyRoutes(app, { ...house, seals })
  connectorRoutes(app, { config, events, lookup, deliveries, seals })
  telephonyEventRoutes(app, { ...house, lookup, deliveries, rateLimit, seals, outgoing: createOutgoing(config) })
  requestRoutes(app, { ...house, lookup, seals })
  apiKeyRoutes(app, { ...house, environment: config.mode === 'demo' ? 'test' : 'live', keyDoor })
  webhookRoutes(app, { ...house, seals, outgoing: createOutgoing(config) })
  liveRoutes(app, { hub, sessions, readiness })
  healthRoutes(app, { pools, readiness, events })
  await docsRoutes(app, config)
  pageRoutes(app, people, house)
  refuseOtherMethods(app)

  fastify.addHook('onSend', (_request, reply, _payload, next) => {
    // A keep-alive client that is not told would send its next request into a closing door.
    if (readiness.draining) reply.header('connection', 'close')
    next()
  })
  fastify.addHook('onClose', async () => {
    await Promise.all([disclosures.flush(), conversations.flush(), requests.flush(), usage.close(), mail?.flush()])
    counters.close()
  })
  return fastify
}

/** What a browser asks for: the app itself, the panel in a platform's frame, and the address platforms open. */
function pageRoutes(app: App, people: People, house: { config: Config; events: Events; disclosures: Disclosures }) {
  const { config, events } = house
  const who = (request: Parameters<typeof personFor>[1]) => personFor(people, request)
  popPageRoutes(app, { config, personFor: who })
  const preload = preloading(people, { ...house, db: app.db })
  const showPage = webAppRoutes(app, { config, events, preload })
  const preloadFramed = (person: Parameters<typeof preloadedFramed>[1]) => preloadedFramed(people, person)
  frameRoutes(app, { config, showPage, personFor: who, preload, preloadFramed })
}

/** A page arrives with whoever is signed in, and the page of a case with the case. */
function preloading(people: People, house: Omit<Work, 'by'> & { disclosures: Disclosures }): Preload {
  return async (request, path) => {
    const person = await personFor(people, request)
    const [preloaded, asked] = await Promise.all([
      preloadedFor(people, person),
      person ? preloadedCase({ ...house, by: person }, path) : [],
    ])
    return { ...preloaded, data: [...preloaded.data, ...asked] }
  }
}

/** Whatever has a say in who comes in. */
function openDoors({ config, pools, events }: Pick<Parts, 'config' | 'pools' | 'events'>, ask: Ask) {
  const keyDoor = createKeyDoor(ask, config.demoKey)
  const authOn = createAuth(config)
  // Never from a replica: a session that was ended must be over at once.
  const sessions = createSessions(createAsk({ primary: pools.fast, replica: null }, events), authOn(pools.db))
  const counters = createCounters(config.redisUrl, events)
  const usage = createUsage(pools.general, events.databaseFailed)
  const rateLimit = createRateLimit(counters)
  const doorman = createDoorman({ config, keyDoor, sessions, rateLimit, usage, events })
  return { keyDoor, authOn, sessions, counters, usage, rateLimit, doorman }
}

function createFastify(config: Config, events: Events): FastifyInstance {
  const fastify = Fastify({
    logger: false,
    trustProxy: config.trustedProxies.length ? config.trustedProxies : false,
    bodyLimit: 256 * 1024,
    requestTimeout: 10_000,
    keepAliveTimeout: 72_000,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: refuseUrl,
    clientErrorHandler: refuseConnection,
    // Node would refuse a missing Host with an empty body, and looks for overdue requests only every 30 s.
    http: { requireHostHeader: false, connectionsCheckingInterval: 1_000 },
  })
  // Nor may Node answer an Expect that it does not know with an empty 417: it is only a wish.
  fastify.server.on('checkExpectation', (request, response) => fastify.server.emit('request', request, response))
  fastify.removeContentTypeParser(['text/plain', 'application/json'])
  const parseJson = fastify.getDefaultJsonParser('error', 'error')
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Many clients name the content type even where they send nothing.
    if (body === '') done(null, undefined)
    else void parseJson(request, body as string, done)
  })
  fastify.decorateRequest('startedAt', 0)
  fastify.decorateRequest('caller', null)
  fastify.addHook('onResponse', (request, reply, next) => {
    events.requestAnswered(reply.statusCode)
    const { caller, method, routeOptions } = request
    const asks = method === 'GET' || method === 'HEAD' || asksByPost.has(routeOptions.url ?? '')
    if (caller && !asks) events.changeAnswered(caller.actor, method, routeOptions.url ?? '', reply.statusCode)
    next()
  })
  fastify.setErrorHandler(errorReply(events))
  fastify.setNotFoundHandler(() => {
    throw new AppError('not_found', 'There is nothing at this address. The API is described at /api/docs.')
  })
  return fastify
}

async function allowOrigins(fastify: FastifyInstance, { corsOrigins }: Config) {
  if (!corsOrigins.length) return
  await fastify.register(cors, {
    origin: corsOrigins,
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: ['x-api-key', 'authorization', 'content-type', 'idempotency-key'],
    exposedHeaders: ['ratelimit', 'ratelimit-policy', 'retry-after'],
    maxAge: 600,
    // An OPTIONS that is no preflight would be refused in plain text.
    strictPreflight: false,
  })
}
