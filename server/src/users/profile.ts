import type { saveProfile as declared } from '@clinicacrm/contract/profile.ts'
import { and, desc, eq, ne, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { AppError, wrongFields } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import type { Db } from '../db/client.ts'
import { sessions, users } from '../db/schema.ts'
import { attempt, idleMinutes } from '../http/auth.ts'
import type { Person } from '../http/caller.ts'
import { connectorTitle } from '../telephony/telephony.ts'
import { endSessions, forgetDevices, unsettle } from './ending.ts'
import type { Browser, House } from './house.ts'
import { refuseWeak, rememberLength } from './passwords.ts'
import { stamp } from './sign-in.ts'

type Given = z.output<NonNullable<typeof declared.body>>

const maxPreferences = 50_000

/** Preferences are merged by key, so that two tabs do not undo each other; they are nobody's business, so not traced. */
export function saveProfile({ db }: House, by: Person, { name, locale, preferences = {} }: Given): Promise<void> {
  return db.transaction(async (tx) => {
    const [before] = await tx.select().from(users).where(eq(users.id, by.id)).for('update')
    const gone = Object.keys(preferences).filter((key) => preferences[key] === null)
    const [after] = await tx
      .update(users)
      .set({
        ...(name !== undefined && { name }),
        ...(locale !== undefined && { locale }),
        preferences: sql`(${users.preferences} || ${JSON.stringify(preferences)}::jsonb) - ${sql.param(gone)}::text[]`,
        ...((name ?? locale) !== undefined && { version: sql`${users.version} + 1` }),
        updated_at: sql`now()`,
      })
      .where(eq(users.id, by.id))
      .returning({ size: sql<number>`octet_length(${users.preferences}::text)` })
    if (after!.size > maxPreferences) throw wrongFields({ field: 'preferences', message: 'are too long all together' })
    if (name === undefined && locale === undefined) return
    await record(
      { db: tx, by },
      { action: 'user.changed', subject: 'user', id: by.id, before: before!, after: { name, locale } },
    )
  })
}

/** Ends every other session, and gives this one a new name. */
export async function changePassword(
  house: House,
  by: Person,
  browser: Browser,
  given: NewPassword,
): Promise<string[]> {
  const { db, config, tries } = house
  const [user] = await db.select().from(users).where(eq(users.id, by.id))
  await refuseWeak(db, config, given.password, { ...user!, twoFactorEnabled: user!.two_factor_enabled })
  return tries.passwords.guard({ address: browser.address, account: by.email }, async () => {
    const cookies = await house.hashing(() => db.transaction((tx) => replacePassword(house, tx, by, browser, given)))
    if (!cookies) throw wrongPassword()
    return cookies
  })
}

type NewPassword = { current_password: string; password: string }

async function replacePassword(house: House, db: Db, by: Person, browser: Browser, given: NewPassword) {
  const { api } = house.authOn(db)
  const body = { currentPassword: given.current_password, newPassword: given.password }
  const tried = await attempt(() => api.changePassword({ body, headers: browser.headers }))
  if ('refused' in tried) return refusedPassword(db, by)
  const sessions_ended = await endSessions({ db, by }, others(by))
  await rememberLength(db, by.id, given.password)
  await forgetDevices(db, by.id)
  await record({ db, by }, { action: 'user.password_changed', subject: 'user', id: by.id, after: { sessions_ended } })
  return renewSession(house, db, by, browser)
}

/** Another name for the same session: a stolen one is worth nothing after a change of what protects it. */
async function renewSession({ authOn }: House, db: Db, by: Person, browser: Browser) {
  const { headers, response } = await authOn(db).api.startSession({ body: { userId: by.id }, returnHeaders: true })
  await stamp(db, browser, response!.token)
  await db.delete(sessions).where(eq(sessions.id, by.sessionId))
  await unsettle({ db, by }, by.id)
  return headers.getSetCookie()
}

/** That somebody at an open page does not know its owner's password is worth a trace. */
export async function refusedPassword(db: Db, by: Person): Promise<null> {
  await record({ db, by }, { action: 'user.password_check_failed', subject: 'user', id: by.id })
  return null
}

export const wrongPassword = () => new AppError('wrong_credentials', 'This is not your password.')

/** Those that still hold, the one used last first. */
export async function sessionsOf({ db }: House, by: Person) {
  const rows = await db
    .select({
      id: sessions.id,
      ip_address: sessions.ip_address,
      user_agent: sessions.user_agent,
      connector: sessions.connector,
      created_at: sql<string>`${sessions.created_at}`.mapWith(users.created_at),
      last_used_at: sql<string>`${sessions.updated_at}`.mapWith(users.created_at),
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.user_id, by.id),
        sql`${sessions.expires_at} > now()`,
        sql`${sessions.updated_at} > now() - ${idleMinutes} * interval '1 minute'`,
      ),
    )
    .orderBy(desc(sessions.updated_at), desc(sessions.id))
  return rows.map(({ connector, ...row }) => ({
    ...row,
    platform: connector === null ? null : connectorTitle(connector),
    current: row.id === by.sessionId,
  }))
}

export function endSession({ db }: House, by: Person, id: string): Promise<void> {
  return db.transaction(async (tx) => {
    const inside = { db: tx, by }
    if (!(await endSessions(inside, and(eq(sessions.user_id, by.id), eq(sessions.id, id)))))
      throw new AppError('not_found', 'You have no session with this id.')
    await record(inside, { action: 'user.session_ended', subject: 'user', id: by.id, after: { session: id } })
  })
}

/** Also where this person need not give a code any more. */
export function endOtherSessions({ db }: House, by: Person): Promise<number> {
  return db.transaction(async (tx) => {
    const inside = { db: tx, by }
    const ended = await endSessions(inside, others(by))
    await forgetDevices(tx, by.id)
    await record(inside, {
      action: 'user.sessions_ended',
      subject: 'user',
      id: by.id,
      after: { sessions_ended: ended },
    })
    return ended
  })
}

const others = (by: Person) => and(eq(sessions.user_id, by.id), ne(sessions.id, by.sessionId))
