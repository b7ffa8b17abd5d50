import { type SQL, sql } from 'drizzle-orm'
import { patients } from '../db/schema.ts'
import { type PhoneKeyRow, type Phones, phoneFields } from './phone-index.ts'

/** Lower case, no accents, one blank between words: `Nicolò D'Angelo` → `nicolo d'angelo`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
}

/** What the search box reads: names, e-mail, the digits of each field as typed, and the digits of each number. */
export function searchText(
  person: { first_name: string; last_name: string; email: string | null } & Phones,
  keys: PhoneKeyRow[],
) {
  const typed = phoneFields.map((field) => (person[field] ?? '').replace(/\D+/g, ''))
  const words = [
    fold(`${person.first_name} ${person.last_name} ${person.email ?? ''}`),
    ...typed,
    ...keys.map(({ key }) => key),
  ]
  return [...new Set(words.filter(Boolean))].join(' ')
}

/** Each word somewhere in the search text; served by the trigram index. Words of digits are read without separators. */
export function matches(search: string): SQL | undefined {
  const digits = search.replace(/[\s().+/-]/g, '')
  const words = /^\d{3,}$/.test(digits) ? [digits.replace(/^00/, '')] : fold(search).split(' ')
  const conditions = words.filter(Boolean).map((word) => sql`${patients.search_text} like ${`%${escapeLike(word)}%`}`)
  return conditions.length ? sql.join(conditions, sql` and `) : undefined
}

const escapeLike = (word: string) => word.replace(/[\\%_]/g, '\\$&')
