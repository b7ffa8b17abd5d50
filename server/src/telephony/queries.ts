import { and, asc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { agentIdentities, clinics, dialledNumbers, users } from '../db/schema.ts'

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
