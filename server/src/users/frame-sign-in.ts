import { hash } from 'node:crypto'
import type { createFrameTicket as declared, signInToFrame as exchange } from '@clinicacrm/contract/frames.ts'
import { eq, lt, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { AppError } from '../app-error.ts'
import type { Db } from '../db/client.ts'
import { frameTickets } from '../db/schema.ts'
import type { Person } from '../http/caller.ts'
import { canSignInToFrames } from '../http/frame.ts'
import { knowsConnector } from '../telephony/telephony.ts'
import type { Browser, House } from './house.ts'
import { beginSession } from './sign-in.ts'
import { hashToken, newToken } from './tokens.ts'

type Wanted = z.output<NonNullable<typeof declared.body>>
type Shown = z.output<NonNullable<typeof exchange.body>>

const ticketSeconds = 60

/** For the frame that opened the window in which this person is signed in, and for that frame alone. */
export function createFrameTicket({ db }: House, by: Person, { connector, challenge }: Wanted) {
  if (!knowsConnector(connector)) throw new AppError('not_found', 'There is no connector of this name.')
  const ticket = newToken()
  return db.transaction(async (tx) => {
    await tx.delete(frameTickets).where(lt(frameTickets.expires_at, sql`now()`))
    const [made] = await tx
      .insert(frameTickets)
      .values({
        token_hash: hashToken(ticket),
        user_id: by.id,
        session_id: by.sessionId,
        connector,
        challenge,
        expires_at: sql`now() + ${ticketSeconds} * interval '1 second'`,
      })
      .returning({ expires_at: frameTickets.expires_at })
    return { ticket, expires_at: made!.expires_at }
  })
}

/** A ticket is spent by whoever shows it, right or wrong, so that nobody tries twice. */
export async function signInToFrame(house: House, browser: Browser, given: Shown) {
  if (!canSignInToFrames(house.config))
    throw new AppError('https_required', 'Browsers sign in to frames over HTTPS only; see PUBLIC_URL.')
  return house.tries.links.guard({ address: browser.address }, async () => {
    const entered = await house.db.transaction((db) => spend(house, db, browser, given))
    if (!entered) throw new AppError('link_expired', 'This ticket is void: sign in once more.')
    house.events.signedIn()
    return entered
  })
}

async function spend(house: House, db: Db, browser: Browser, { connector, ticket, verifier }: Shown) {
  const [found] = await db
    .delete(frameTickets)
    .where(eq(frameTickets.token_hash, hashToken(ticket)))
    .returning({
      user_id: frameTickets.user_id,
      isGood: sql<boolean>`${frameTickets.connector} = ${connector} and ${frameTickets.challenge} = ${digest(verifier)}
        and ${frameTickets.expires_at} > now()`,
    })
  if (!found?.isGood || browser.frame !== connector) return null
  const { api } = house.authOn(db)
  const { headers, response } = await api.startFrameSession({ body: { userId: found.user_id }, returnHeaders: true })
  if (!response) return null
  return { cookies: headers.getSetCookie(), sessionId: await beginSession(db, browser, response.token, 'frame') }
}

const digest = (verifier: string) => hash('sha256', verifier, 'base64url')
