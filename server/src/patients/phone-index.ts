import { phoneKeys as keysOf, phoneKeyVersion } from '@clinicacrm/contract/phone.ts'
import { eq, inArray } from 'drizzle-orm'
import type { Config } from '../config.ts'
import type { Db } from '../db/client.ts'
import { phoneKeys } from '../db/schema.ts'

export const phoneFields = ['phone', 'home_phone', 'cell_phone'] as const
export type Phones = Record<(typeof phoneFields)[number], string | null>
export type PhoneKeyRow = { key: string; patient_id: string; exts: string[] | null; fields: string[] }

type Country = Pick<Config, 'defaultCountry'>

/** Every number in a patient's three fields, one row each; a number without extension anywhere matches any extension. */
export function phoneKeyRows(patientId: string, phones: Phones, { defaultCountry }: Country): PhoneKeyRow[] {
  const rows = new Map<string, PhoneKeyRow>()
  for (const field of phoneFields) {
    for (const { key, ext } of keysOf(phones[field] ?? '', defaultCountry)) {
      const row = rows.get(key)
      if (!row) rows.set(key, { key, patient_id: patientId, exts: ext === null ? null : [ext], fields: [field] })
      else {
        row.exts = ext === null || row.exts === null ? null : [...new Set([...row.exts, ext])]
        row.fields = [...new Set([...row.fields, field])]
      }
    }
  }
  return [...rows.values()]
}

/** Replaces what the index says about a patient. */
export async function indexPhones(db: Db, patientId: string, phones: Phones, country: Country): Promise<void> {
  await db.delete(phoneKeys).where(eq(phoneKeys.patient_id, patientId))
  const rows = phoneKeyRows(patientId, phones, country)
  if (rows.length) await db.insert(phoneKeys).values(rows)
}

/** The same for many patients, in two statements. */
export async function indexPhonesOfMany(db: Db, people: ({ id: string } & Phones)[], country: Country): Promise<void> {
  if (!people.length) return
  const ids = people.map(({ id }) => id)
  await db.delete(phoneKeys).where(inArray(phoneKeys.patient_id, ids))
  const rows = people.flatMap((person) => phoneKeyRows(person.id, person, country))
  if (rows.length) await db.insert(phoneKeys).values(rows)
}

/** How everything derived from what was typed is made; rows of another version are read again. */
export const currentKeyVersion = ({ defaultCountry }: Country): string =>
  `${phoneKeyVersion(defaultCountry)}/${searchTextVersion}`

/** Counts up when `search-text.ts` folds differently. */
const searchTextVersion = '1'

/** A field that holds text but no number: kept as typed, and worth a word to whoever typed it. */
export function phoneWarnings(
  phones: { [F in keyof Phones]?: string | null | undefined },
  { defaultCountry }: Country,
) {
  return phoneFields.flatMap((field) => {
    const text = phones[field]?.trim()
    if (!text || keysOf(text, defaultCountry).length) return []
    return [{ field, message: 'No phone number was found in this text: it is kept, but a lookup cannot find it.' }]
  })
}
