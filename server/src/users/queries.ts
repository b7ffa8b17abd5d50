import type { Role } from '@clinicacrm/contract/permissions.ts'
import type { InvitationView, UserView } from '@clinicacrm/contract/users.ts'
import { and, asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { clinics, invitations, sessions, users } from '../db/schema.ts'
import type { Actor } from '../work.ts'

const clinicNames = (ids: unknown) => sql<string[] | null>`(select array_agg(${clinics.name} order by ${clinics.name})
  from ${clinics} where ${clinics.id} = any (${ids}))`

const userColumns = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
  clinic_ids: users.clinic_ids,
  clinics: clinicNames(users.clinic_ids),
  locale: users.locale,
  active: users.active,
  two_factor_enabled: users.two_factor_enabled,
  password_is_long: users.password_is_long,
  // What open sessions know is newer than what ended ones left.
  last_seen_at: sql<string | null>`greatest(${users.last_seen_at}, (select max(${sessions.updated_at}) from ${sessions}
    where ${sessions.user_id} = ${users.id}))`.mapWith(users.last_seen_at),
  created_at: users.created_at,
  version: users.version,
}
export type UserRow = Awaited<ReturnType<typeof usersFor>>[number]

/** Everybody within the actor's clinics; a few hundred rows. */
export const usersFor = (db: Db, by: Actor) =>
  db.select(userColumns).from(users).where(within(users.clinic_ids, by)).orderBy(asc(users.name), asc(users.id))

/** By the primary key, if within the actor's clinics. */
export async function userById(db: Db, id: string, by: Actor): Promise<UserRow | null> {
  const [user] = await db
    .select(userColumns)
    .from(users)
    .where(and(eq(users.id, id), within(users.clinic_ids, by)))
  return user ?? null
}

const invitationColumns = {
  id: invitations.id,
  email: invitations.email,
  name: invitations.name,
  role: invitations.role,
  clinic_ids: invitations.clinic_ids,
  clinics: clinicNames(invitations.clinic_ids),
  locale: invitations.locale,
  invited_by: users.name,
  expires_at: invitations.expires_at,
  created_at: invitations.created_at,
}
export type InvitationRow = Awaited<ReturnType<typeof openInvitations>>[number]

/** Neither accepted nor taken back; those that ran out are shown, as they can be renewed. */
export const openInvitations = (db: Db, by: Actor, which?: SQL) =>
  db
    .select(invitationColumns)
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invited_by))
    .where(and(isOpen, within(invitations.clinic_ids, by), which))
    .orderBy(asc(invitations.created_at), asc(invitations.id))

export const isOpen = and(isNull(invitations.accepted_at), isNull(invitations.revoked_at))

/** Who works where the actor does, so can be assigned and mentioned. */
export async function colleaguesOf(db: Db, { clinicIds }: Actor) {
  const there = clinicIds && or(isNull(users.clinic_ids), sql`${users.clinic_ids} && ${idArray(clinicIds)}`)
  const rows = await db
    .select({ id: users.id, name: users.name, email: users.email, role: users.role, active: users.active })
    .from(users)
    .where(and(users.active, there ?? undefined))
    .orderBy(asc(users.name), asc(users.id))
  return rows.map((row) => ({ ...row, role: row.role as Role }))
}

/** Wholly within: somebody who works elsewhere too is not this actor's to manage. Null is everywhere. */
const within = (column: typeof users.clinic_ids | typeof invitations.clinic_ids, { clinicIds }: Actor) =>
  clinicIds ? sql`${column} <@ ${idArray(clinicIds)}` : undefined

const idArray = (ids: readonly string[]) => sql`${sql.param(`{${ids.join(',')}}`)}::bigint[]`

export function userView({ clinic_ids: _, password_is_long: __, ...user }: UserRow): UserView {
  return user as UserView
}

export function invitationView({ clinic_ids: _, locale: __, ...invitation }: InvitationRow): InvitationView {
  return invitation as InvitationView
}
