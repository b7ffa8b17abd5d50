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

/** A search for a person, in two wordings. */
export type PersonSearch = {
  /** For finding: served by the trigram index. */
  matches: SQL
  /** For looking at a row at hand: no index must be tempted. */
  holds: SQL
}

/**
 * Each word somewhere in the search text; words of one or two letters only where a word begins, as anywhere they would fit
 * nearly everybody. Numbers are read without separators.
 */
export function personSearch(search: string): PersonSearch {
  const text = patients.search_text
  const words = wordsOf(search)
  if (!words.length) return { matches: sql`false`, holds: sql`false` }
  const matches = words.map((word) => {
    const like = escapeLike(word)
    return isShort(word)
      ? sql`(${text} like ${`${like}%`} or ${text} like ${`% ${like}%`})`
      : sql`${text} like ${`%${like}%`}`
  })
  const holds = words.map((word) =>
    isShort(word) ? sql`strpos(' ' || ${text}, ${` ${word}`}) > 0` : sql`strpos(${text}, ${word}) > 0`,
  )
  return { matches: sql.join(matches, sql` and `), holds: sql`(${sql.join(holds, sql` and `)})` }
}

export const matches = (search: string): SQL | undefined =>
  wordsOf(search).length ? personSearch(search).matches : undefined

function wordsOf(search: string): string[] {
  const digits = search.replace(/[\s().+/-]/g, '')
  return /^\d{3,}$/.test(digits) ? [digits.replace(/^00/, '')] : fold(search).split(' ').filter(Boolean)
}

/** Too short for the trigram index, which knows words by three letters or digits in a row. */
const isShort = (word: string) => !/[\p{L}\p{N}]{3}/u.test(word)

const escapeLike = (word: string) => word.replace(/[\\%_]/g, '\\$&')
