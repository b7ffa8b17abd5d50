import { randomInt } from 'node:crypto'
import type { setUp as declared } from '@clinicacrm/contract/session.ts'
import { hashPassword } from 'better-auth/crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { AppError } from '../app-error.ts'
import { addClinic, clinicsFor } from '../clinics/clinics.ts'
import type { Db } from '../db/client.ts'
import { users, verifications } from '../db/schema.ts'
import { foundOrganisation } from '../organisation/organisation.ts'
import { system, type Work } from '../work.ts'
import { type Browser, type House, workOf } from './house.ts'
import { refuseWeak, storePassword } from './passwords.ts'
import { personActor, type SignedIn, startSession } from './sign-in.ts'
import { hashToken } from './tokens.ts'
import { addUser, oneAtATime } from './users.ts'

type Given = z.output<NonNullable<typeof declared.body>>

const identifier = 'set-up'

/**
 * The code that lets the first person in, for whoever sees the terminal; null once somebody is in. Only its hash is kept,
 * in the database, so that each of several processes may print one of its own.
 */
export async function newSetUpCode(db: Db): Promise<string | null> {
  if (await isSetUp(db)) return null
  const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
  const part = () => Array.from({ length: 4 }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
  const code = [part(), part(), part(), part()].join('-')
  await db
    .insert(verifications)
    .values({ identifier, value: hashCode(code), expires_at: sql`now() + interval '30 days'` })
  return code
}

/** A program that ended takes its code along. */
export async function withdrawSetUpCode(db: Db, code: string): Promise<void> {
  await db.delete(verifications).where(isCode(code))
}

/** Owner, organisation and first clinic, once: whoever comes second finds it done. */
export async function setUp(house: House, browser: Browser, given: Given): Promise<SignedIn> {
  const { db, config } = house
  await house.tries.links.guard(browser, () => refuseWrongCode(db, given.code))
  await refuseWeak(db, config, given.password, given)
  const hash = await house.hashing(async () => {
    // Of many at once, those that waited here for the first need not work for nothing.
    if (await isSetUp(db)) throw alreadyDone()
    return hashPassword(given.password)
  })
  return db.transaction(async (tx) => {
    await oneAtATime(tx)
    if (await isSetUp(tx)) throw alreadyDone()
    await tx.delete(verifications).where(eq(verifications.identifier, identifier))
    const { email, name, locale } = given
    const owner = await addUser(workOf(house, tx, system), { email, name, locale, role: 'owner', clinic_ids: null })
    await storePassword(tx, owner.id, given.password, hash)
    const work = workOf(house, tx, personActor(owner.id))
    await foundOrganisation(work, { name: given.organisation, country: given.country, locale })
    await firstClinic(work, given)
    return startSession(house, tx, browser, owner.id, 'set_up')
  })
}

async function refuseWrongCode(db: Db, code: string) {
  if (await db.$count(verifications, and(isCode(code), sql`${verifications.expires_at} > now()`))) return
  // Asked after the code: whoever is first takes it away with them, and in between a good one would be called wrong.
  if (await isSetUp(db)) throw alreadyDone()
  throw new AppError('wrong_code', 'This is not the code that the terminal shows; a restart shows a new one.')
}

const alreadyDone = () =>
  new AppError('already_set_up', 'This installation is set up: sign in, or ask for an invitation.')

const isSetUp = async (db: Db) => (await db.select({ id: users.id }).from(users).limit(1)).length > 0

/** An installation that was used by its API alone may have it already. */
async function firstClinic(work: Work, { clinic, city, zone, locale }: Given) {
  const known = await clinicsFor(work)
  if (known.some(({ name }) => name.toLowerCase() === clinic.trim().toLowerCase())) return
  await addClinic(work, { name: clinic.trim(), city: city ?? null, zone, locale })
}

const isCode = (code: string) => and(eq(verifications.identifier, identifier), eq(verifications.value, hashCode(code)))

/** As it is read from a terminal: dashes, blanks and capitals are no matter. */
const hashCode = (code: string) => hashToken(code.toUpperCase().replace(/[^A-Z0-9]/g, ''))
