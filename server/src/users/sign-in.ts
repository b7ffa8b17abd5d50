import type { Role } from '@clinicacrm/contract/permissions.ts'
import { eq, sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import type { Db } from '../db/client.ts'
import { demoRoles } from '../demo-people.ts'
import { sessions, users, verifications } from '../db/schema.ts'
import { attempt, sessionHours, withoutSession } from '../http/auth.ts'
import type { Actor } from '../work.ts'
import { endSessions } from './ending.ts'
import type { Browser, House } from './house.ts'

/** Cookies for the browser; without a session a second factor is asked for first. */
export type SignedIn = { cookies: string[]; sessionId: string | null }

export const personActor = (id: string): Actor => ({ kind: 'user', id, actor: `user:${id}`, name: '', clinicIds: null })
const nobody: Actor = { actor: 'anonymous', name: 'anonymous', clinicIds: null }

/** Says the same, after the same work, whether the address is unknown, the password wrong, or the person shut out. */
export async function signIn(house: House, browser: Browser, given: { email: string; password: string }) {
  const email = given.email.trim().toLowerCase()
  return house.tries.passwords.guard({ address: browser.address, account: email }, async () => {
    const outcome = await house.hashing(() => checkPassword(house, browser, { ...given, email }))
    if (outcome?.sessionId) house.events.signedIn()
    if (outcome) return outcome
    house.events.signInFailed('wrong_credentials')
    throw new AppError('wrong_credentials', 'The e-mail address or the password is wrong.')
  })
}

function checkPassword(house: House, browser: Browser, given: { email: string; password: string }) {
  const { email } = given
  return house.db.transaction(async (db): Promise<SignedIn | null> => {
    const { api } = house.authOn(db)
    const headers = withoutSession(browser.headers, house.config.publicUrl)
    const body = { email, password: given.password }
    const tried = await attempt(() => api.signInEmail({ body, headers, returnHeaders: true }))
    const [user] = await db.select({ id: users.id }).from(users).where(eq(users.email, email))
    if ('refused' in tried) return refusedSignIn(db, browser, user?.id)
    const cookies = tried.headers.getSetCookie()
    if ('twoFactorRedirect' in tried.response) return { cookies, sessionId: null }
    return { cookies, sessionId: await beginSession(db, browser, tried.response.token, 'password') }
  })
}

async function refusedSignIn(db: Db, { address }: Browser, userId = 'unknown') {
  const after = { ip_address: address }
  await record({ db, by: nobody }, { action: 'user.sign_in_failed', subject: 'user', id: userId, after })
  return null
}

type Code = { code: string; kind: 'totp' | 'recovery'; trust_device: boolean }

/** The second half of a sign-in; which person it is, the browser holds in a cookie that we signed. */
export async function giveSecondFactor(house: House, browser: Browser, given: Code): Promise<SignedIn> {
  const headers = withoutSession(browser.headers, house.config.publicUrl)
  const userId = await house.authOn(house.db).api.readChallenge({ headers })
  if (!userId) throw new AppError('unauthorized', 'Sign in with your password first.')
  return house.tries.codes.guard({ address: browser.address, account: userId }, async () => {
    const outcome = await house.db.transaction((db) => enterByCode(house, db, userId, browser, given))
    if (typeof outcome === 'string') throw refusedCode(house, outcome)
    house.events.signedIn()
    return outcome
  })
}

async function enterByCode(house: House, db: Db, userId: string, browser: Browser, given: Code) {
  const headers = withoutSession(browser.headers, house.config.publicUrl)
  // One after the other: a code opens one door, however many ask at once.
  await db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update')
  const checked = await checkCode(house, db, userId, headers, given)
  if (typeof checked !== 'string')
    return { ...checked, sessionId: await beginSession(db, browser, checked.token, given.kind) }
  const after = { ip_address: browser.address }
  await record({ db, by: nobody }, { action: 'user.second_factor_failed', subject: 'user', id: userId, after })
  return checked
}

async function checkCode(house: House, db: Db, userId: string, headers: Headers, given: Code) {
  const { api } = house.authOn(db)
  const plain = given.code.replace(/[\s-]/g, '').toLowerCase()
  const recovery = `${plain.slice(0, 5)}-${plain.slice(5)}`
  if (given.kind === 'totp' && (await wasUsed(db, userId, plain))) return 'INVALID_CODE'
  const body = { code: given.kind === 'totp' ? plain : recovery, trustDevice: given.trust_device }
  const tried = await attempt(() =>
    given.kind === 'totp'
      ? api.verifyTOTP({ body, headers, returnHeaders: true })
      : api.verifyBackupCode({ body, headers, returnHeaders: true }),
  )
  if ('refused' in tried) return tried.refused
  if (given.kind === 'totp') await markUsed(db, userId, plain)
  return { cookies: tried.headers.getSetCookie(), token: tried.response.token! }
}

/** A code is good for about a minute and a half, but only once: somebody may have looked over the shoulder. */
const usedCode = (userId: string, code: string) => `totp-used:${userId}:${code}`

async function wasUsed(db: Db, userId: string, code: string) {
  const [used] = await db
    .select({ id: verifications.id })
    .from(verifications)
    .where(sql`${verifications.identifier} = ${usedCode(userId, code)} and ${verifications.expires_at} > now()`)
  return used !== undefined
}

async function markUsed(db: Db, userId: string, code: string) {
  const expires_at = sql`now() + interval '3 minutes'`
  await db.insert(verifications).values({ identifier: usedCode(userId, code), value: userId, expires_at })
}

function refusedCode({ events }: House, why: string) {
  events.signInFailed('wrong_code')
  if (why === 'INVALID_TWO_FACTOR_COOKIE' || why === 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE')
    return new AppError('unauthorized', 'Sign in with your password again.')
  if (why === 'ACCOUNT_TEMPORARILY_LOCKED')
    return new AppError('too_many_requests', 'Too many wrong codes. Try again later.', {}, { 'retry-after': '900' })
  return new AppError('wrong_code', 'The code is wrong, or was used before.')
}

/**
 * A session as the database's clock has it, since clocks of several machines differ. What this browser was signed in as
 * before, it no longer is.
 */
export async function beginSession(db: Db, browser: Browser, token: string, how: string): Promise<string> {
  const { id, user_id } = await stamp(db, browser, token)
  const by = personActor(user_id)
  if (browser.token && browser.token !== token) await endSessions({ db, by }, eq(sessions.token, browser.token))
  await db
    .update(users)
    .set({ last_seen_at: sql`now()` })
    .where(eq(users.id, user_id))
  const after = { how, ip_address: browser.address }
  await record({ db, by }, { action: 'user.signed_in', subject: 'user', id: user_id, after })
  return id
}

export async function stamp(db: Db, { address, userAgent, frame }: Browser, token: string) {
  const [session] = await db
    .update(sessions)
    .set({
      ip_address: address,
      user_agent: userAgent,
      connector: frame,
      created_at: sql`now()`,
      updated_at: sql`now()`,
      expires_at: sql`now() + ${sessionHours} * interval '1 hour'`,
    })
    .where(eq(sessions.token, token))
    .returning({ id: sessions.id, user_id: sessions.user_id })
  return session!
}

/** For somebody who proved who they are in another way than by a password. */
export async function startSession(house: House, db: Db, browser: Browser, userId: string, how: string) {
  const { headers, response } = await house.authOn(db).api.startSession({ body: { userId }, returnHeaders: true })
  if (!response) throw new AppError('forbidden', 'This person may not sign in.')
  const sessionId = await beginSession(db, browser, response.token, how)
  house.events.signedIn()
  return { cookies: headers.getSetCookie(), sessionId }
}

export function signOut(house: House, browser: Browser): Promise<string[]> {
  return house.db.transaction(async (db) => {
    const [session] = browser.token
      ? await db.select({ user_id: sessions.user_id }).from(sessions).where(eq(sessions.token, browser.token))
      : []
    if (session && browser.token) {
      const by = personActor(session.user_id)
      await endSessions({ db, by }, eq(sessions.token, browser.token))
      await record({ db, by }, { action: 'user.signed_out', subject: 'user', id: session.user_id })
    }
    const { api } = house.authOn(db)
    const { headers } = browser.frame
      ? await api.endFrameCookie({ returnHeaders: true })
      : await api.signOut({ headers: browser.headers, returnHeaders: true })
    return headers.getSetCookie()
  })
}

/** In the demo anybody is whoever they wish; elsewhere this is not there. */
export async function signInToDemo(house: House, browser: Browser, role: Role): Promise<SignedIn> {
  const email = house.config.mode === 'demo' ? demoRoles.find((person) => person.role === role)?.email : undefined
  const [person] = email ? await house.db.select({ id: users.id }).from(users).where(eq(users.email, email)) : []
  if (!person) throw new AppError('not_found', 'There is nothing at this address. The API is described at /api/docs.')
  return house.db.transaction((db) => startSession(house, db, browser, person.id, 'demo'))
}
