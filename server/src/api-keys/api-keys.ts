import type { ApiKeyFields, ApiKeyView } from '@clinicacrm/contract/api-keys.ts'
import {
  type DisclosureProfile,
  disclosureProfiles,
  permissionsOf,
  type Scope,
} from '@clinicacrm/contract/permissions.ts'
import { eq, sql } from 'drizzle-orm'
import { AppError, wrongFields } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { clinicNamed } from '../clinics/clinics.ts'
import { apiKeys } from '../db/schema.ts'
import { type NewKey, newKey } from '../http/key-format.ts'
import { inTransaction, type Work } from '../work.ts'
import { allKeys, keyById, type KeyRow, usageOf } from './queries.ts'

type Fields = { [F in keyof ApiKeyFields]?: ApiKeyFields[F] | undefined }
/** Nobody gives away more than they have; the command line has everything. */
export type Giver = Work['by'] & { profile?: DisclosureProfile }
type KeyWork = Work & { by: Giver }
export type Environment = 'live' | 'test'

/** As in the guide. */
const defaultLimitPerMinute = 1000

const notFound = () => new AppError('not_found', 'There is no API key with this id.')

export async function keysFor({ db, by }: KeyWork): Promise<ApiKeyView[]> {
  return (await allKeys(db)).filter((key) => within(by, key)).map(viewOf)
}

const spans = {
  hour: { bucket_minutes: 1, buckets: 60 },
  day: { bucket_minutes: 30, buckets: 48 },
  week: { bucket_minutes: 180, buckets: 56 },
  month: { bucket_minutes: 1_440, buckets: 30 },
}

/** For a chart: each of its buckets, also the empty ones. */
export async function keyUsage({ db, by }: KeyWork, id: string, span: keyof typeof spans) {
  const key = await keyById(db, id)
  if (!key || !within(by, key)) throw notFound()
  const { bucket_minutes, buckets } = spans[span]
  return { bucket_minutes, buckets: await usageOf(db, id, bucket_minutes, buckets) }
}

/** Creates a key and returns it with its secret, which nobody can read again. */
export function createKey(
  work: KeyWork,
  environment: Environment,
  fields: Fields & { name: string; scopes: Scope[] },
): Promise<ApiKeyView & { key: string }> {
  return insertKey(work, newKey(environment), fields)
}

/** Stores a key whose secret is already decided: the demo's. */
export function insertKey(
  work: KeyWork,
  made: NewKey,
  fields: Fields & { name: string; scopes: Scope[] },
): Promise<ApiKeyView & { key: string }> {
  return inTransaction(work, async (inside) => {
    const bounds = await boundsOf(inside)
    const limit_per_minute = Math.min(bounds.limit_per_minute ?? Infinity, defaultLimitPerMinute)
    const values = { ...bounds, limit_per_minute, ...(await valuesOf(inside, fields)) }
    const clinic_ids = values.clinic_ids ?? work.by.clinicIds
    const [row] = await inside.db
      .insert(apiKeys)
      .values({
        ...values,
        name: fields.name,
        scopes: fields.scopes,
        clinic_ids: clinic_ids && [...clinic_ids],
        profile: values.profile ?? work.by.profile,
        public_id: made.publicId,
        hash: made.hash,
        hint: made.hint,
      })
      .returning({ id: apiKeys.id })
    await record(inside, { action: 'api_key.created', subject: 'api_key', id: row!.id, after: values })
    return { ...viewOf((await keyById(inside.db, row!.id))!), key: made.key }
  })
}

export function saveKey(work: KeyWork, id: string, fields: Fields): Promise<ApiKeyView> {
  return inTransaction(work, async (inside) => {
    const before = await ownKey(inside, id)
    const values = await valuesOf(inside, fields)
    if (Object.keys(values).length) {
      await inside.db.update(apiKeys).set(values).where(eq(apiKeys.id, id))
      await record(inside, { action: 'api_key.changed', subject: 'api_key', id, before, after: values })
    }
    return viewOf((await keyById(inside.db, id))!)
  })
}

/** A new secret under the same id; the old one keeps working for `overlapHours`. */
export function rotateKey(
  work: KeyWork,
  id: string,
  environment: Environment,
  overlapHours: number,
): Promise<ApiKeyView & { key: string }> {
  return inTransaction(work, async (inside) => {
    const before = await ownKey(inside, id)
    if (before.revoked_at) throw new AppError('invalid_request', 'A revoked key cannot be rotated: create a new one.')
    const made = newKey(environment, before.public_id)
    await inside.db
      .update(apiKeys)
      .set({
        hash: made.hash,
        hint: made.hint,
        previous_hash: sql`${apiKeys.hash}`,
        previous_valid_until: sql`now() + ${overlapHours} * interval '1 hour'`,
      })
      .where(eq(apiKeys.id, id))
    await record(inside, { action: 'api_key.rotated', subject: 'api_key', id, before, after: { hint: made.hint } })
    return { ...viewOf((await keyById(inside.db, id))!), key: made.key }
  })
}

export function revokeKey(work: KeyWork, id: string): Promise<void> {
  return inTransaction(work, async (inside) => {
    const before = await ownKey(inside, id)
    if (before.revoked_at) return
    await inside.db
      .update(apiKeys)
      .set({ revoked_at: sql`now()` })
      .where(eq(apiKeys.id, id))
    await record(inside, { action: 'api_key.revoked', subject: 'api_key', id })
  })
}

/** Only what the table holds; refuses rights the giver does not have. */
async function valuesOf(work: KeyWork, { clinics, ...fields }: Fields) {
  refuseMoreThan(work.by, fields)
  if (fields.sandbox && fields.scopes?.some((scope) => scope !== 'lookup:read' && scope !== 'calls:write'))
    throw wrongFields({ field: 'scopes', message: 'a sandbox key may have lookup:read and calls:write only' })
  if (clinics === null && work.by.clinicIds)
    throw new AppError('forbidden', 'clinics: who is limited to clinics cannot give every clinic.')
  refuseLooser(await boundsOf(work), fields)
  const clinic_ids = clinics && (await idsOf(work, clinics))
  const defined = Object.entries({ ...fields, clinic_ids }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(defined) as Partial<typeof apiKeys.$inferInsert>
}

type Bounds = Partial<Pick<KeyRow, 'ip_ranges' | 'expires_at' | 'limit_per_minute'>>

/** What holds for the giving key holds for those it gives; people and the command line have no such bounds. */
async function boundsOf({ db, by }: KeyWork): Promise<Bounds> {
  const own = by.kind === 'api_key' && by.id ? await keyById(db, by.id) : null
  if (!own) return {}
  const { ip_ranges, expires_at, limit_per_minute } = own
  return { ip_ranges, expires_at, limit_per_minute }
}

function refuseLooser(own: Bounds, { ip_ranges, expires_at, limit_per_minute }: Fields) {
  const looser = (field: string) => new AppError('forbidden', `${field}: a key cannot give more than it has itself.`)
  const within = (range: string) => own.ip_ranges?.includes(range)
  if (own.ip_ranges && ip_ranges !== undefined && !ip_ranges?.every(within)) throw looser('ip_ranges')
  const endsLater = expires_at === null || (expires_at && Date.parse(expires_at) > Date.parse(own.expires_at ?? ''))
  if (own.expires_at && endsLater) throw looser('expires_at')
  if (own.limit_per_minute && limit_per_minute && limit_per_minute > own.limit_per_minute)
    throw looser('limit_per_minute')
}

/** One after the other, as they share the transaction's connection. */
async function idsOf(work: KeyWork, clinics: string[]) {
  const ids: string[] = []
  for (const name of clinics) ids.push((await clinicNamed(work, name)).id)
  return [...new Set(ids)]
}

function refuseMoreThan({ kind, permissions, profile: own }: Giver, { scopes = [], profile }: Fields) {
  const missing = permissions && [...permissionsOf(scopes)].find((permission) => !permissions.has(permission))
  const who = kind === 'user' ? 'your role' : 'this key'
  if (missing) throw new AppError('forbidden', `scopes: ${who} lacks ${missing} itself and cannot give it.`)
  // From the profile that shows most to the one that shows least.
  if (own && profile && disclosureProfiles.indexOf(profile) < disclosureProfiles.indexOf(own))
    throw new AppError('forbidden', `profile: this key is ${own} itself and cannot give ${profile}.`)
}

async function ownKey({ db, by }: KeyWork, id: string): Promise<KeyRow> {
  await db.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.id, id)).for('update')
  const key = await keyById(db, id)
  if (!key || !within(by, key)) throw notFound()
  // Saving a stronger key would be a way around the limits above.
  refuseMoreThan(by, key as Pick<Fields, 'scopes' | 'profile'>)
  return key
}

/** A giver limited to clinics sees only keys that stay within them. */
const within = ({ clinicIds }: Giver, key: KeyRow) =>
  !clinicIds || (key.clinic_ids !== null && key.clinic_ids.every((id) => clinicIds.includes(id)))

function viewOf({ public_id: _, clinic_ids: __, ...key }: KeyRow): ApiKeyView {
  return key as ApiKeyView
}
