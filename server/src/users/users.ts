import { type Role, permissionsOfRole } from '@clinicacrm/contract/permissions.ts'
import type { UserView } from '@clinicacrm/contract/users.ts'
import { and, eq, ne, sql } from 'drizzle-orm'
import { AppError, wrongFields } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { clinicNamed } from '../clinics/clinics.ts'
import type { Locale } from '../config.ts'
import type { Db } from '../db/client.ts'
import { refusingDuplicates } from '../db/errors.ts'
import { accounts, sessions, twoFactors, users } from '../db/schema.ts'
import { type Actor, inTransaction, type Work } from '../work.ts'
import { endSessions, forgetProofs, unsettle, withdrawInvitations } from './ending.ts'
import { userById, type UserRow, userView } from './queries.ts'

export type NewUser = {
  email: string
  name: string
  role: Role
  clinic_ids: string[] | null
  locale: Locale
}
type UserFields = { [F in 'name' | 'role' | 'clinics' | 'active']?: UserView[F] | undefined }
type Rights = { role: Role; clinic_ids: string[] | null }

const notFound = () => new AppError('not_found', 'There is no user with this id.')

/** Adds somebody who may sign in; what they prove themselves by is added apart. */
export function addUser(work: Work, { email, ...fields }: NewUser): Promise<{ id: string; email: string }> {
  const values = { ...fields, email: email.trim().toLowerCase(), email_verified: true }
  return inTransaction(work, async (inside) => {
    const [user] = await refusingDuplicates('A user with this e-mail address exists.', () =>
      inside.db.insert(users).values(values).returning({ id: users.id, email: users.email }),
    )
    await record(inside, { action: 'user.created', subject: 'user', id: user!.id, after: values })
    return user!
  })
}

export function saveUser(
  work: Work,
  id: string,
  { clinics, ...fields }: UserFields,
  version: number | undefined,
): Promise<UserView> {
  return inTransaction(work, async (inside) => {
    const before = await managedUser(inside, id)
    if (version !== undefined && version !== before.version) {
      throw new AppError('changed', 'Somebody saved this user in between.', { current: userView(before) })
    }
    const given = { ...fields, ...(clinics !== undefined && { clinic_ids: await idsOf(inside, clinics) }) }
    const after = changed(before, given)
    if (!Object.keys(after).length) return userView(before)
    await refuseRights(inside, before, after)
    await inside.db
      .update(users)
      .set({ ...after, version: sql`${users.version} + 1`, updated_at: sql`now()` })
      .where(eq(users.id, id))
    await record(inside, { action: 'user.changed', subject: 'user', id, before, after })
    await enforce(inside, id, after)
    return userView((await userById(inside.db, id, work.by))!)
  })
}

/** For somebody who lost their phone and the recovery codes. A password that was short because of it goes too. */
export function resetSecondFactor(work: Work, id: string): Promise<{ needsPassword: boolean }> {
  return inTransaction(work, async (inside) => {
    const before = await managedUser(inside, id)
    if (id === work.by.id) throw new AppError('forbidden', 'Stop your own second factor in your profile.')
    const needsPassword = !before.password_is_long
    await inside.db.delete(twoFactors).where(eq(twoFactors.user_id, id))
    await inside.db.update(users).set({ two_factor_enabled: false }).where(eq(users.id, id))
    if (needsPassword) await inside.db.update(accounts).set({ password: null }).where(eq(accounts.user_id, id))
    await forgetProofs(inside.db, id)
    await endSessions(inside, eq(sessions.user_id, id))
    await record(inside, {
      action: 'user.second_factor_reset',
      subject: 'user',
      id,
      before: { two_factor_enabled: before.two_factor_enabled },
      after: { two_factor_enabled: false, ...(needsPassword && { password: null }) },
    })
    return { needsPassword }
  })
}

/** Locked, within the actor's clinics, and with no more rights than the actor. */
export async function managedUser({ db, by }: Work, id: string): Promise<UserRow> {
  await oneAtATime(db)
  const user = await userById(db, id, by)
  if (!user) throw notFound()
  if (user.id !== by.id) refuseBeyond(by, user as Rights, 'This person has rights that you do not have.')
  return user
}

/** Changes of who may what wait for each other, so that two owners cannot shut each other out. */
export const oneAtATime = async (db: Db): Promise<void> =>
  void (await db.execute(sql`select pg_advisory_xact_lock(hashtext('clinicacrm users'))`))

/** Nobody gives a role or clinics beyond their own; the command line and the set-up have everything. */
export function refuseBeyond(by: Actor, { role, clinic_ids }: Rights, sentence?: string): void {
  const missing = by.permissions && [...permissionsOfRole(role)].find((permission) => !by.permissions!.has(permission))
  if (missing) throw new AppError('forbidden', sentence ?? `role: you lack ${missing} yourself and cannot give it.`)
  const { clinicIds } = by
  if (clinicIds && !(clinic_ids && clinic_ids.every((id) => clinicIds.includes(id)))) {
    throw new AppError('forbidden', sentence ?? 'clinics: you cannot give more clinics than you have.')
  }
  if (role === 'owner' && clinic_ids) throw wrongFields({ field: 'clinics', message: 'an owner has every clinic' })
}

/** One after the other, as they share the transaction's connection. */
export async function idsOf(work: Work, names: string[] | null): Promise<string[] | null> {
  if (!names) return null
  const ids: string[] = []
  for (const name of names) ids.push((await clinicNamed(work, name)).id)
  return [...new Set(ids)]
}

function changed(before: UserRow, given: object): Partial<UserRow> {
  const was = before as Record<string, unknown>
  const differs = ([field, value]: [string, unknown]) =>
    value !== undefined && JSON.stringify(was[field]) !== JSON.stringify(value)
  return Object.fromEntries(Object.entries(given).filter(differs)) as Partial<UserRow>
}

async function refuseRights({ db, by }: Work, before: UserRow, after: Partial<UserRow>) {
  const rights = ['role', 'clinic_ids', 'active'].filter((field) => field in after)
  if (!rights.length) return
  if (before.id === by.id) throw new AppError('forbidden', 'Nobody changes their own role, clinics or access.')
  const next = { ...before, ...after }
  refuseBeyond(by, next as Rights)
  if (before.role !== 'owner' || !before.active || (next.role === 'owner' && next.active)) return
  const others = and(eq(users.role, 'owner'), users.active, ne(users.id, before.id))
  if (await db.$count(users, others)) return
  throw new AppError('forbidden', 'This is the last owner who can sign in: make somebody else owner first.')
}

/** In force at once, on open pages too. */
async function enforce(inside: Work, id: string, after: Partial<UserRow>) {
  if ('active' in after || 'role' in after || 'clinic_ids' in after) await withdrawInvitations(inside.db, id)
  if (after.active === false) {
    await forgetProofs(inside.db, id)
    await endSessions(inside, eq(sessions.user_id, id))
  } else if ('role' in after || 'clinic_ids' in after) {
    await unsettle(inside, id)
  }
}
