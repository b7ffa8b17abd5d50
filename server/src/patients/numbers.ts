import { phoneKeys as keysOf } from '@clinicacrm/contract/phone.ts'
import type { NumberView } from '@clinicacrm/contract/patient-page.ts'
import { and, eq, ne, sql } from 'drizzle-orm'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Config } from '../config.ts'
import type { Db } from '../db/client.ts'
import { patients, phoneFacts, phoneKeys } from '../db/schema.ts'
import type { Actor } from '../work.ts'
import { nameOf } from './person.ts'
import { phoneFields, type Phones } from './phone-index.ts'
import { visibleTo } from './queries.ts'

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

/** `390622224444` → `+39 06 2222 4444`; digits of no plan (`x118`) as they are. */
export function readable(key: string, ext: string | null): Pick<NumberView, 'shown' | 'kind'> {
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
