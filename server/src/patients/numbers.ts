import { phoneKeys as keysOf } from '@clinicacrm/contract/phone.ts'
import type { NumberView } from '@clinicacrm/contract/patient-page.ts'
import { and, eq, ne, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { AppError, wrongFields } from '../app-error.ts'
import { changesBetween, record } from '../audit/audit.ts'
import type { Config } from '../config.ts'
import type { Db } from '../db/client.ts'
import { patients, phoneFacts, phoneKeys } from '../db/schema.ts'
import { publish } from '../live/live.ts'
import { type Actor, inTransaction, type Work } from '../work.ts'
import { definedOnly, nameOf } from './person.ts'
import { phoneFields, phoneKeyRows, type Phones } from './phone-index.ts'
import { lockKnownPatient, visibleTo } from './queries.ts'

/** Every number in a patient's three fields, in the order written, with what people said of it and who else has it. */
export async function numbersOf(
  db: Db,
  patient: { id: string } & Phones,
  by: Actor,
  { defaultCountry }: Pick<Config, 'defaultCountry'>,
): Promise<NumberView[]> {
  const written = phoneFields.flatMap((field) => writtenIn(field, patient[field], defaultCountry))
  const facts = new Map((await factsOf(db, patient.id)).map((row) => [row.key, row]))
  const sharers = await othersWith(db, patient.id, [...new Set(written.flatMap(({ key }) => key ?? []))], by)
  return written.map(({ field, typed, key, ext }) => ({
    field,
    typed,
    key,
    ...(key === null ? { shown: typed.trim(), kind: 'other' as const } : readable(key, ext)),
    label: (key && facts.get(key)?.label) || null,
    verified_at: (key && facts.get(key)?.verified_at) || null,
    wrong_at: (key && facts.get(key)?.wrong_at) || null,
    shared_with: sharers.filter((other) => other.key === key).map((other) => ({ id: other.id, name: nameOf(other) })),
  }))
}

type Written = { field: NumberView['field']; typed: string; key: string | null; ext: string | null }

/** The numbers of one field; a field whose text holds none is shown too, as it is. */
function writtenIn(field: NumberView['field'], typed: string | null, country: Config['defaultCountry']): Written[] {
  if (!typed?.trim()) return []
  const found = keysOf(typed, country)
  return found.length ? found.map((number) => ({ field, typed, ...number })) : [{ field, typed, key: null, ext: null }]
}

/** What people found out about a number. Whatever it is, the number keeps answering lookups: a wrong one still rings. */
export type FoundOut = {
  label?: string | null | undefined
  verified?: boolean | undefined
  wrong?: boolean | undefined
}

export function saveNumber(work: Work, id: string, key: string, found: FoundOut): Promise<NumberView[]> {
  return inTransaction(work, async (inside) => {
    const { db, by, config } = inside
    const patient = await lockKnownPatient(inside, id)
    if (!phoneKeyRows(id, patient, config).some((row) => row.key === key)) {
      throw new AppError('not_found', 'The patient has no such number.')
    }
    const [known] = await db
      .select()
      .from(phoneFacts)
      .where(and(eq(phoneFacts.patient_id, id), eq(phoneFacts.key, key)))
    const before = { label: known?.label ?? null, verified: !!known?.verified_at, wrong: !!known?.wrong_at }
    const after = afterFinding(found)
    if (Object.keys(changesBetween(before, after)).length) {
      await writeFact(inside, id, key, after)
      await record(inside, {
        action: 'patient.number_changed',
        subject: 'patient',
        id,
        before,
        after: { ...after, key },
      })
      await publish(inside, { kind: 'patient', id, patient_id: id, what: 'changed' })
    }
    return numbersOf(db, patient, by, config)
  })
}

/** A number cannot be right and wrong: saying one takes the other back. */
function afterFinding({ label, verified, wrong }: FoundOut) {
  if (verified && wrong) throw wrongFields({ field: 'wrong', message: 'a number cannot be verified and wrong' })
  return {
    ...(label !== undefined && { label: label?.trim() || null }),
    ...(verified !== undefined && { verified }),
    ...(wrong !== undefined && { wrong }),
    ...(verified && { wrong: false }),
    ...(wrong && { verified: false }),
  }
}

async function writeFact({ db, by }: Work, patient_id: string, key: string, after: ReturnType<typeof afterFinding>) {
  const since = (column: PgColumn, is: boolean | undefined) =>
    is === undefined ? undefined : is ? sql`coalesce(${column}, now())` : null
  const values = {
    ...(after.label !== undefined && { label: after.label }),
    verified_at: since(phoneFacts.verified_at, after.verified),
    wrong_at: since(phoneFacts.wrong_at, after.wrong),
    updated_by: by.actor,
    updated_at: sql`now()`,
  }
  await db.insert(phoneFacts).values({ patient_id, key, updated_by: by.actor }).onConflictDoNothing()
  await db
    .update(phoneFacts)
    .set(definedOnly(values))
    .where(and(eq(phoneFacts.patient_id, patient_id), eq(phoneFacts.key, key)))
}

/** `390622224444` → `+39 06 2222 4444`; digits of no plan (`x118`) as they are. */
function readable(key: string, ext: string | null): Pick<NumberView, 'shown' | 'kind'> {
  const number = key.startsWith('x') ? undefined : parsePhoneNumberFromString(`+${key}`, { extract: false })
  const shown = number?.formatInternational() ?? key.replace('x', '')
  return { shown: ext === null ? shown : `${shown} #${ext}`, kind: lines[number?.getType() ?? ''] ?? 'other' }
}

const lines: Record<string, NumberView['kind']> = { MOBILE: 'mobile', FIXED_LINE: 'fixed' }

const factsOf = (db: Db, patientId: string) => db.select().from(phoneFacts).where(eq(phoneFacts.patient_id, patientId))

/** A switchboard's number may stand at thousands of patients; nobody reads more names than these. */
const maxSharers = 10

/** Per number, by the primary key of `phone_keys`: the first few others whom the actor may see. */
async function othersWith(db: Db, patientId: string, keys: string[], by: Actor) {
  if (!keys.length) return []
  const others = db
    .select({ id: patients.id, first_name: patients.first_name, last_name: patients.last_name })
    .from(phoneKeys)
    .innerJoin(patients, eq(patients.id, phoneKeys.patient_id))
    .where(and(sql`${phoneKeys.key} = asked.key`, ne(phoneKeys.patient_id, patientId), visibleTo(by)))
    .orderBy(phoneKeys.patient_id)
    .limit(maxSharers)
    .as('others')
  return db
    .select({ key: sql<string>`asked.key`, id: others.id, first_name: others.first_name, last_name: others.last_name })
    .from(sql`unnest(${sql.param(keys)}::text[]) as asked (key)`)
    .crossJoinLateral(others)
}
