import { hashPassword } from 'better-auth/crypto'
import { and, eq, sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import type { Locale } from '../config.ts'
import type { Db } from '../db/client.ts'
import { sessions, users, verifications } from '../db/schema.ts'
import type { Letter } from '../mail/mail.ts'
import { organisationOf } from '../organisation/organisation.ts'
import { type Actor, inTransaction, type Work } from '../work.ts'
import { endSessions, forgetProofs } from './ending.ts'
import { type Browser, type House, workOf } from './house.ts'
import { passwordLetter } from './letters.ts'
import { refuseWeak, storePassword } from './passwords.ts'
import { personActor } from './sign-in.ts'
import { hashToken, newToken } from './tokens.ts'
import { managedUser } from './users.ts'

/** More than this in an hour is somebody filling a mailbox. */
const lettersPerHour = 5

/** Answered before anything is looked up: neither words nor time tell whether the address is known. */
export async function forgotPassword(house: House, { address }: Browser, given: string): Promise<void> {
  await house.tries.letters.count(address)
  house.mail?.sendLater(letterTo(house, given.trim().toLowerCase()))
}

async function letterTo(house: House, email: string): Promise<Letter | null> {
  const { db, config, letters } = house
  const [user] = await db
    .select()
    .from(users)
    .where(and(eq(users.email, email), users.active))
  if (!user || (await letters.add(email)).count > lettersPerHour) return null
  const token = await db.transaction(async (tx) => {
    const by = { actor: 'anonymous', name: 'anonymous', clinicIds: null }
    await record({ db: tx, by }, { action: 'user.password_forgotten', subject: 'user', id: user.id })
    return keepToken(tx, user.id)
  })
  const organisation = (await organisationOf(db, config)).name
  const locale = user.locale as Locale
  return passwordLetter({ to: email, locale, name: user.name, organisation, url: linkTo(house, locale, token) })
}

/** An administrator helps somebody out: by letter, or where none leaves, by a link to hand over. */
export async function sendPasswordLink(house: House, by: Actor, id: string) {
  const { db, config, mail } = house
  const { user, link } = await makePasswordLink(workOf(house, db, by), id)
  const organisation = (await organisationOf(db, config)).name
  const letter = passwordLetter({ to: user.email, locale: user.locale, name: user.name, organisation, url: link })
  const mailed = mail !== null && (await mail.send(letter))
  return { mailed, link: mailed ? null : link }
}

/** Good once and for an hour; those made before stay good as long as they were. */
export function makePasswordLink(work: Work, id: string) {
  return inTransaction(work, async (inside) => {
    const { email, name, active, ...user } = await managedUser(inside, id)
    if (!active) throw new AppError('forbidden', 'This person may not sign in: let them in again first.')
    await record(inside, { action: 'user.password_link_made', subject: 'user', id })
    const locale = user.locale as Locale
    return { user: { email, name, locale }, link: linkTo(work, locale, await keepToken(inside.db, id)) }
  })
}

/** Whoever holds the link chooses; every session, trusted browser and other link ends. */
export async function resetPassword(house: House, browser: Browser, token: string, password: string): Promise<void> {
  const { db, config } = house
  const user = await house.tries.links.guard(browser, () => ownerOf(db, token))
  await refuseWeak(db, config, password, user)
  const hash = await house.hashing(() => hashPassword(password))
  await db.transaction(async (tx) => {
    const [taken] = await tx.delete(verifications).where(holds(token)).returning({ id: verifications.id })
    if (!taken) throw expired()
    const inside = { db: tx, by: personActor(user.id) }
    await storePassword(tx, user.id, password, hash)
    await forgetProofs(tx, user.id)
    await endSessions(inside, eq(sessions.user_id, user.id))
    await record(inside, { action: 'user.password_reset', subject: 'user', id: user.id })
  })
}

async function ownerOf(db: Db, token: string) {
  const [user] = await db
    .select({ id: users.id, name: users.name, email: users.email, twoFactorEnabled: users.two_factor_enabled })
    .from(verifications)
    .innerJoin(users, and(sql`${verifications.value} = ${users.id}::text`, users.active))
    .where(holds(token))
  if (!user) throw expired()
  return user
}

const identified = (token: string) => `password-reset:${hashToken(token)}`

const holds = (token: string) =>
  and(eq(verifications.identifier, identified(token)), sql`${verifications.expires_at} > now()`)

async function keepToken(db: Db, userId: string) {
  const token = newToken()
  const expires_at = sql`now() + interval '1 hour'`
  await db.insert(verifications).values({ identifier: identified(token), value: userId, expires_at })
  return token
}

const linkTo = ({ config }: Pick<Work, 'config'>, locale: Locale, token: string) =>
  `${config.publicUrl}/${locale}/reset-password/${token}`

const expired = () => new AppError('link_expired', 'This link was used or has run out: ask for a new one.')
