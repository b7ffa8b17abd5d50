import { and, asc, desc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { agentIdentities, calls, clinics, connectorLines, dialledNumbers, users } from '../db/schema.ts'
import type { Actor } from '../work.ts'

/** Of each name, those of our people it may mean: by what was set for the platform, or for whatever platform. */
export function identitiesNamed(db: Db, provider: string, names: readonly string[]) {
  return db
    .select({ value: agentIdentities.value, provider: agentIdentities.provider, user_id: agentIdentities.user_id })
    .from(agentIdentities)
    .innerJoin(users, eq(users.id, agentIdentities.user_id))
    .where(
      and(
        inArray(agentIdentities.value, [...names]),
        or(eq(agentIdentities.provider, provider), eq(agentIdentities.provider, '')),
        users.active,
      ),
    )
}

export function peopleByAddress(db: Db, addresses: readonly string[]) {
  return db
    .select({ id: users.id, address: sql<string>`lower(${users.email})` })
    .from(users)
    .where(and(inArray(sql`lower(${users.email})`, [...addresses]), users.active))
}

export function dialledNumbersBy(db: Db, keys: readonly string[]) {
  return db
    .select()
    .from(dialledNumbers)
    .where(inArray(dialledNumbers.key, [...keys]))
    .limit(1)
}

export function clinicPhones(db: Db) {
  return db
    .select({ id: clinics.id, phone: clinics.phone })
    .from(clinics)
    .where(isNotNull(clinics.phone))
    .orderBy(asc(clinics.id))
}

const identityColumns = {
  id: agentIdentities.id,
  user_id: agentIdentities.user_id,
  user_name: users.name,
  provider: agentIdentities.provider,
  kind: agentIdentities.kind,
  value: agentIdentities.value,
}

export function identitiesFor(db: Db, by: Actor) {
  return db
    .select(identityColumns)
    .from(agentIdentities)
    .innerJoin(users, eq(users.id, agentIdentities.user_id))
    .where(managedBy(by))
    .orderBy(asc(users.name), asc(agentIdentities.provider), asc(agentIdentities.value))
}

export async function identityById(db: Db, id: string, by: Actor) {
  const [row] = await db
    .select(identityColumns)
    .from(agentIdentities)
    .innerJoin(users, eq(users.id, agentIdentities.user_id))
    .where(and(eq(agentIdentities.id, id), managedBy(by)))
  return row ?? null
}

/** Wholly within the actor's clinics, as users are managed. */
export const managedBy = ({ clinicIds }: Actor) =>
  clinicIds ? sql`${users.clinic_ids} <@ ${idArray(clinicIds)}` : undefined

/** Whoever may be named: active, and the actor's to manage. */
export function people(db: Db, by: Actor) {
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(users.active, managedBy(by)))
    .orderBy(asc(users.name), asc(users.id))
}

const unknownDays = 30

/** Names of agents in lately's calls that were nobody's when they came. */
export async function unknownNames(db: Db, { clinicIds }: Actor) {
  const last = sql<string>`max(${calls.started_at})`.mapWith(calls.started_at)
  const rows = await db
    .select({
      provider: calls.provider,
      value: sql<string>`${calls.agent_text}`,
      last_at: last,
      count: sql<number>`count(*)::int`,
    })
    .from(calls)
    .where(
      and(
        isNotNull(calls.agent_text),
        isNull(calls.agent_id),
        sql`${calls.started_at} > now() - make_interval(days => ${unknownDays})`,
        clinicIds ? or(isNull(calls.clinic_id), inArray(calls.clinic_id, [...clinicIds])) : undefined,
      ),
    )
    .groupBy(calls.provider, calls.agent_text)
    .orderBy(desc(last))
    .limit(100)
  return rows
}

const numberColumns = {
  id: dialledNumbers.id,
  number: dialledNumbers.number,
  label: dialledNumbers.label,
  clinic_id: dialledNumbers.clinic_id,
  locale: dialledNumbers.locale,
  channel: dialledNumbers.channel,
  origin: dialledNumbers.origin,
  campaign: dialledNumbers.campaign,
  version: dialledNumbers.version,
  clinic: clinics.name,
}

export function numbersFor(db: Db, { clinicIds }: Actor) {
  return db
    .select(numberColumns)
    .from(dialledNumbers)
    .leftJoin(clinics, eq(clinics.id, dialledNumbers.clinic_id))
    .where(
      clinicIds ? or(isNull(dialledNumbers.clinic_id), inArray(dialledNumbers.clinic_id, [...clinicIds])) : undefined,
    )
    .orderBy(asc(clinics.name), asc(dialledNumbers.label), asc(dialledNumbers.id))
}

export async function numberById(db: Db, id: string, by: Actor) {
  const [row] = await db
    .select(numberColumns)
    .from(dialledNumbers)
    .leftJoin(clinics, eq(clinics.id, dialledNumbers.clinic_id))
    .where(and(eq(dialledNumbers.id, id), ownClinics(by)))
  return row ?? null
}

export const ownClinics = ({ clinicIds }: Actor) =>
  clinicIds ? inArray(dialledNumbers.clinic_id, [...clinicIds]) : undefined

const idArray = (ids: readonly string[]) => sql`${sql.param(`{${ids.join(',')}}`)}::bigint[]`

export async function lineBySecret(db: Db, connector: string, token_hash: string) {
  const [line] = await db
    .select()
    .from(connectorLines)
    .where(and(eq(connectorLines.token_hash, token_hash), eq(connectorLines.connector, connector)))
  return line ?? null
}

/** How a line does, for whoever set it up. */
export async function countEvents(db: Db, id: string, { count, error }: { count: number; error: string | null }) {
  if (count === 0 && error === null) return
  await db
    .update(connectorLines)
    .set({
      ...(count > 0 && {
        last_event_at: sql`now()`,
        event_count: sql`${connectorLines.event_count} + ${count}`,
      }),
      ...(error !== null && { last_error: error, last_error_at: sql`now()` }),
    })
    .where(eq(connectorLines.id, id))
}
