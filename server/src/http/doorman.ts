import type { Endpoint } from '@clinicacrm/contract/endpoint.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'
import type { Config } from '../config.ts'
import { lookupPatienceMs } from '../db/fast.ts'
import type { Events } from '../events.ts'
import type { KeyDoor } from './api-keys.ts'
import type { Caller, KeyCaller, Person } from './caller.ts'
import { frameOf } from './frame.ts'
import { refuseOtherPages, refuseOtherSites, refusePlainHttp } from './peer.ts'
import type { RateLimit } from './rate-limit.ts'
import type { Sessions } from './sessions.ts'
import type { Usage } from './usage.ts'

/** Decides who comes in, before anything else about a request is looked at. */
export type Doorman = {
  /** `any`: whoever has a valid key or a session. */
  admit(needs: Endpoint['needs'] | 'any'): (request: FastifyRequest, reply: FastifyReply) => Promise<void>
}

export function createDoorman(house: {
  config: Pick<Config, 'publicUrl'>
  keyDoor: KeyDoor
  sessions: Sessions
  rateLimit: RateLimit
  usage: Usage
  events: Events
}): Doorman {
  const { config, sessions, events } = house
  const keyHolder = createKeyCheck(house)
  const takeFromLimit = createLimits(house)

  return {
    admit: (needs) => async (request, reply) => {
      if (needs === 'public') return refuseStrange(request, config)
      const key = presentedKey(request)
      // Whoever sends a key means to be judged by it, whatever cookie a browser adds.
      const caller = key === undefined ? await person(request) : await keyHolder(request, key)
      await takeFromLimit(caller, reply)
      if (needs !== 'any') refuseWithout(caller, needs)
      request.caller = caller
    },
  }

  async function person(request: FastifyRequest): Promise<Person> {
    if (request.headers.cookie === undefined) throw refused(events, 'missing')
    const token = await sessions.tokenOf(request)
    if (token === null) throw refused(events, 'no_session')
    refusePlainHttp(request, 'Sessions')
    if (frameOf(request) === null) refuseOtherSites(request, config)
    else refuseOtherPages(request, config)
    const known = await sessions.personBy(token, request)
    if (!known) throw refused(events, 'no_session')
    return known
  }
}

type KeyHouse = { keyDoor: KeyDoor; rateLimit: RateLimit; events: Events }

function createKeyCheck({ keyDoor, rateLimit, events }: KeyHouse) {
  return async (request: FastifyRequest, key: string | null): Promise<KeyCaller> => {
    if (key === null) throw refused(events, 'missing')
    refusePlainHttp(request, 'API keys')
    if ((await rateLimit.tooManyFailures(request.ip)) && !keyDoor.wasGood(key)) {
      events.keyRefused('too_many_failures')
      throw new AppError(
        'too_many_requests',
        'Too many failed attempts from this address.',
        {},
        { 'retry-after': '60' },
      )
    }
    const verdict = await keyDoor.verify(key, request.ip, request.startedAt + lookupPatienceMs)
    if (typeof verdict !== 'string') return verdict
    await rateLimit.countFailure(request.ip)
    throw refused(events, verdict)
  }
}

function createLimits({ rateLimit, usage }: { rateLimit: RateLimit; usage: Usage }) {
  return async (caller: Caller, reply: FastifyReply) => {
    const isKey = caller.kind === 'api_key'
    const { limit, remaining, resetSeconds, allowed } = await rateLimit.key(
      isKey ? caller.id : caller.actor,
      caller.limitPerMinute,
    )
    if (isKey) {
      usage.count(caller.id, allowed)
      // The draft's structured fields, and the trio that most clients still read.
      reply.headers({
        'ratelimit-policy': `"key";q=${limit};w=60`,
        ratelimit: `"key";r=${remaining};t=${resetSeconds}`,
        'ratelimit-limit': limit,
        'ratelimit-remaining': remaining,
        'ratelimit-reset': resetSeconds,
      })
    }
    if (allowed) return
    const who = isKey ? 'This key' : 'You'
    const message = `${who} may send ${limit} requests a minute. Try again in ${resetSeconds} s.`
    throw new AppError('too_many_requests', message, {}, { 'retry-after': String(resetSeconds) })
  }
}

/** What anybody may send holds passwords and codes, and changes who a browser is signed in as. */
function refuseStrange(request: FastifyRequest, config: Pick<Config, 'publicUrl'>) {
  if (request.method === 'GET' || request.method === 'HEAD') return
  refusePlainHttp(request, 'Passwords and codes')
  refuseOtherSites(request, config, { sayingNothing: 'allowed' })
}

function refuseWithout(caller: Caller, needs: Exclude<Endpoint['needs'], 'public'>) {
  if (needs === 'signed_in') {
    if (caller.kind !== 'user')
      throw new AppError('forbidden', 'This is for people who are signed in, not for API keys.')
    return
  }
  if (caller.permissions.has(needs)) return
  const who = caller.kind === 'user' ? 'Your role' : 'This key'
  throw new AppError('forbidden', `${who} lacks the permission ${needs}.`)
}

/** The answer never says why; an operator sees it in the metrics. */
function refused(events: Events, why: string) {
  events.keyRefused(why)
  return new AppError('unauthorized', 'A valid API key is required.', {}, { 'www-authenticate': 'Bearer' })
}

/** The key in either header; two different ones are none (null), and undefined is no header at all. */
function presentedKey(request: FastifyRequest): string | null | undefined {
  const header = request.headers['x-api-key']
  const own = typeof header === 'string' ? header.trim() : ''
  const { authorization = '' } = request.headers
  const bearer = /^Bearer /i.test(authorization) ? authorization.slice('Bearer '.length).trim() : ''
  if (own && bearer && own !== bearer) return null
  return own || bearer || undefined
}
