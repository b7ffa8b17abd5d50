import { BlockList, isIP } from 'node:net'
import type { Permission } from '@clinicacrm/contract/permissions.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'
import { lookupPatienceMs } from '../db/fast.ts'
import type { Events } from '../events.ts'
import type { KeyDoor } from './api-keys.ts'
import type { Caller } from './caller.ts'
import type { RateLimit } from './rate-limit.ts'
import type { Usage } from './usage.ts'

/** Decides who comes in, before anything else about a request is looked at. */
export type Doorman = {
  /** `any`: whoever has a valid key. */
  admit(needs: Permission | 'public' | 'any'): (request: FastifyRequest, reply: FastifyReply) => Promise<void>
}

export function createDoorman(house: {
  keyDoor: KeyDoor
  rateLimit: RateLimit
  usage: Usage
  events: Events
}): Doorman {
  const { keyDoor, rateLimit, usage, events } = house

  return {
    admit: (needs) => async (request, reply) => {
      if (needs === 'public') return
      const caller = await identify(request)
      await takeFromLimit(caller, reply)
      if (needs !== 'any' && !caller.permissions.has(needs)) {
        throw new AppError('forbidden', `This key lacks the permission ${needs}.`)
      }
      request.caller = caller
    },
  }

  async function identify(request: FastifyRequest): Promise<Caller> {
    const key = presentedKey(request)
    if (key === null) throw refused(events, 'missing')
    // Both are what a trusted proxy says, and the peer's own where there is none.
    if (request.protocol !== 'https' && !isLoopback(request.ip)) {
      throw new AppError('https_required', 'API keys are accepted over HTTPS only.')
    }
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

  async function takeFromLimit(caller: Caller, reply: FastifyReply) {
    const { limit, remaining, resetSeconds, allowed } = await rateLimit.key(caller.id, caller.limitPerMinute)
    usage.count(caller.id, allowed)
    // The draft's structured fields, and the trio that most clients still read.
    reply.headers({
      'ratelimit-policy': `"key";q=${limit};w=60`,
      ratelimit: `"key";r=${remaining};t=${resetSeconds}`,
      'ratelimit-limit': limit,
      'ratelimit-remaining': remaining,
      'ratelimit-reset': resetSeconds,
    })
    if (allowed) return
    const message = `This key may send ${limit} requests a minute. Try again in ${resetSeconds} s.`
    throw new AppError('too_many_requests', message, {}, { 'retry-after': String(resetSeconds) })
  }
}

/** The answer never says why; an operator sees it in the metrics. */
function refused(events: Events, why: string) {
  events.keyRefused(why)
  return new AppError('unauthorized', 'A valid API key is required.', {}, { 'www-authenticate': 'Bearer' })
}

/** The key in either header; two different ones are none. */
function presentedKey(request: FastifyRequest): string | null {
  const header = request.headers['x-api-key']
  const own = typeof header === 'string' ? header.trim() : ''
  const { authorization = '' } = request.headers
  const bearer = /^Bearer /i.test(authorization) ? authorization.slice('Bearer '.length).trim() : ''
  if (own && bearer && own !== bearer) return null
  return own || bearer || null
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')
loopback.addSubnet('::ffff:127.0.0.0', 104, 'ipv6')

export function isLoopback(address: string | undefined): boolean {
  // The list reads ranges in any notation, slowly; nearly every caller on this machine is this one.
  if (address === '127.0.0.1') return true
  return address !== undefined && loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
