import { availableParallelism } from 'node:os'
import { BulkheadRejectedError, bulkhead } from 'cockatiel'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'
import type { Config } from '../config.ts'
import type { Db } from '../db/client.ts'
import type { Events } from '../events.ts'
import type { Auth } from '../http/auth.ts'
import { frameOf } from '../http/frame.ts'
import type { Counter, Counters } from '../http/counters.ts'
import type { Sessions } from '../http/sessions.ts'
import { createTries, type Tries } from '../http/tries.ts'
import type { Mail } from '../mail/mail.ts'
import type { Actor, Work } from '../work.ts'

/** What everything about people works with. */
export type House = {
  db: Db
  config: Config
  events: Events
  authOn: (db: Db) => Auth
  sessions: Sessions
  mail: Mail | null
  /** Around whatever hashes a password, and around the transaction it happens in. */
  hashing: <T>(work: () => Promise<T>) => Promise<T>
  tries: { passwords: Tries; codes: Tries; links: Tries; letters: Tries }
  /** Letters to one address within an hour. */
  letters: Counter
}

type Parts = Omit<House, 'hashing' | 'tries' | 'letters'> & { counters: Counters }

export function openHouse({ counters, ...parts }: Parts): House {
  return {
    ...parts,
    hashing: openHashing(),
    tries: {
      passwords: createTries(counters, 'password', { network: 100, pair: 10, account: 50, minutes: 15 }),
      codes: createTries(counters, 'code', { network: 100, pair: 10, account: 20, minutes: 15 }),
      links: createTries(counters, 'link', { network: 30, minutes: 15 }),
      letters: createTries(counters, 'letter', { network: 30, minutes: 60 }),
    },
    letters: counters.counter('letters', 3_600),
  }
}

/** A hash takes 30 MB and some 60 ms of a core: one or two at a time leave cores, and connections, to lookups. */
function openHashing(): House['hashing'] {
  const fewAtATime = bulkhead(Math.min(2, Math.max(1, availableParallelism() - 1)), 60)
  return async (work) => {
    try {
      return await fewAtATime.execute(work)
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError)) throw error
      throw new AppError(
        'unavailable',
        'Too many people sign in at this moment. Try again.',
        {},
        { 'retry-after': '2' },
      )
    }
  }
}

export const workOf = ({ config }: House, db: Db, by: Actor): Work => ({ db, config, by })

/** The browser at the other end: what it holds, and what a session says of it. */
export type Browser = {
  headers: Headers
  address: string
  userAgent: string | null
  token: string | null
  /** The connector in whose frame the page is, if it is in one. */
  frame: string | null
}

export async function browserOf({ sessions }: House, request: FastifyRequest): Promise<Browser> {
  const { cookie = '', 'user-agent': userAgent = null } = request.headers
  return {
    headers: new Headers({ cookie }),
    address: request.ip,
    userAgent: userAgent && userAgent.slice(0, 400),
    token: await sessions.tokenOf(request),
    frame: frameOf(request),
  }
}
