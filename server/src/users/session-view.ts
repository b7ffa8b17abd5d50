import { type Role, permissionsInFrames, permissionsOfRole } from '@clinicacrm/contract/permissions.ts'
import { getFrontDoor, type SessionView } from '@clinicacrm/contract/session.ts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { clinicsFor } from '../clinics/clinics.ts'
import type { Locale } from '../config.ts'
import { demoRoles } from '../demo-people.ts'
import { isoInstant } from '../db/columns.ts'
import type { Db } from '../db/client.ts'
import { sessions, users } from '../db/schema.ts'
import { idleMinutes } from '../http/auth.ts'
import type { Person } from '../http/caller.ts'
import { isPrivate } from '../http/peer.ts'
import { organisationOf, savedOrganisation } from '../organisation/organisation.ts'
import { allStatuses } from '../statuses/statuses.ts'
import { phonesFor } from '../telephony/telephony.ts'
import type { House } from './house.ts'

/** What every page needs, in two rounds: who it is, then what they see. */
export async function sessionView(house: House, sessionId: string): Promise<SessionView> {
  const { db, config } = house
  const row = await sessionRow(db, sessionId)
  const role = row!.role as Role
  const by = { actor: `user:${row!.id}`, name: row!.name, clinicIds: row!.clinic_ids }
  const { id, name, email, locale, two_factor_enabled, preferences, connector } = row!
  const may = (connector === null ? permissionsOfRole : permissionsInFrames)(role)
  const [clinics, statuses, organisation, phones] = await Promise.all([
    clinicsFor({ db, by }),
    allStatuses(db),
    organisationOf(db, config),
    may.has('calls:handle') ? phonesFor(db) : [],
  ])
  return {
    user: {
      id,
      name,
      email,
      role,
      locale: locale as Locale,
      two_factor_enabled,
      preferences: preferences as Record<string, unknown>,
    },
    permissions: [...may],
    clinics: clinics.map((clinic) => ({ id: clinic.id, name: clinic.name, zone: clinic.zone, active: clinic.active })),
    all_clinics: row!.clinic_ids === null,
    statuses,
    organisation,
    phones,
    idle_ends_at: isoInstant(row!.idle_ends_at),
    ends_at: isoInstant(row!.ends_at),
    demo: config.mode === 'demo',
  }
}

/** Who asks for a page, so that it arrives with their session; null for who must sign in. */
export async function personFor(house: House, request: FastifyRequest): Promise<Person | null> {
  const token = isPrivate(request) ? await house.sessions.tokenOf(request) : null
  return token ? house.sessions.personBy(token, request) : null
}

/** What a page carries with it whatever it shows: the session, or what the pages before sign-in ask for. */
export async function preloadedFor(house: House, person: Person | null) {
  const session = person && (await sessionView(house, person.sessionId))
  if (session) return { session, organisation: session.organisation, data: [] }
  const reply = await frontDoor(house)
  return { session, organisation: reply.organisation, data: [{ name: getFrontDoor.name, input: {}, reply }] }
}

/** The same in another site's frame, which names our house but nobody in it until somebody is signed in there. */
export async function preloadedFramed(house: House, person: Person | null) {
  const session = person && (await sessionView(house, person.sessionId))
  return { session, organisation: session ? session.organisation : await frontOf(house), data: [] }
}

/** What the pages before sign-in need. */
export async function frontDoor(house: House) {
  const { db, config, mail } = house
  const [[anybody], organisation, demo_people] = await Promise.all([
    db.select({ id: users.id }).from(users).limit(1),
    frontOf(house),
    config.mode === 'demo' ? demoPeople(db) : [],
  ])
  return { set_up: anybody !== undefined, organisation, mail: mail !== null, demo_people }
}

async function frontOf({ db }: House) {
  const organisation = await savedOrganisation(db)
  return organisation && (({ name, accent, logo, locale }) => ({ name, accent, logo, locale }))(organisation)
}

/** One for each role, while their roles are what they were made for. */
async function demoPeople(db: Db) {
  const emails = demoRoles.map(({ email }) => email)
  const rows = await db
    .select({ name: users.name, email: users.email, role: users.role })
    .from(users)
    .where(and(inArray(users.email, emails), users.active))
  return demoRoles.flatMap(({ email, role }) => {
    const person = rows.find((row) => row.email === email && row.role === role)
    return person ? [{ role, name: person.name, email }] : []
  })
}

/** By the primary key. */
async function sessionRow(db: Db, sessionId: string) {
  const [row] = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      clinic_ids: users.clinic_ids,
      locale: users.locale,
      two_factor_enabled: users.two_factor_enabled,
      preferences: users.preferences,
      connector: sessions.connector,
      idle_ends_at: sql<string>`(${sessions.updated_at} + ${idleMinutes} * interval '1 minute')::text`,
      ends_at: sql<string>`${sessions.expires_at}::text`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.user_id))
    .where(eq(sessions.id, sessionId))
  return row
}
