import { type SQL, sql } from 'drizzle-orm'
import { patients } from '../db/schema.ts'
import { type PhoneKeyRow, type Phones, phoneFields } from './phone-index.ts'

/** Lower case, no accents or apostrophes, one blank between words: `Nicolò D'Angelo-Rossi` → `nicolo dangelo rossi`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[łøđðßæœ]/g, (letter) => plain[letter]!)
    .replace(/['’‘ʼ`]+/g, '')
    .replace(/[\s\p{Pd}]+/gu, ' ')
    .trim()
}

/** Letters that Unicode does not take apart. */
const plain: Record<string, string> = { ł: 'l', ø: 'o', đ: 'd', ð: 'd', ß: 'ss', æ: 'ae', œ: 'oe' }

type Searchable = { first_name: string; last_name: string; email: string | null } & Phones

type SearchColumns = { search_text: string; folded_name: string; sort_name: string }

/** What the search box reads: names, e-mail, the digits of each field as typed, and the digits of each number. */
export function searchColumns(person: Searchable, keys: PhoneKeyRow[]): SearchColumns {
  const typed = phoneFields.map((field) => (person[field] ?? '').replace(/\D+/g, ''))
  const name = fold(`${person.first_name} ${person.last_name}`)
  const words = [`${name} ${fold(person.email ?? '')}`.trim(), ...typed, ...keys.map(({ key }) => key)]
  const padded = (text: string) => ` ${text} `
  // A blank on either side of each word: where one begins or ends can be asked for.
  return {
    search_text: padded([...new Set(words.filter(Boolean))].join(' ')),
    folded_name: padded(name),
    // An entry of an index holds no name of any length.
    sort_name: fold(`${person.last_name} ${person.first_name}`).slice(0, 80).toWellFormed(),
  }
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
  const asked = words.map((word) => (isShort(word) ? ` ${word}` : word))
  const matches = asked.map((word) => sql`${text} like ${`%${escapeLike(word)}%`}`)
  const holds = asked.map((word) => sql`strpos(${text}, ${word}) > 0`)
  return { matches: sql.join(matches, sql` and `), holds: sql`(${sql.join(holds, sql` and `)})` }
}

/** What was typed, word by word; a number with all its separators is one word. What has no letter or digit says nothing. */
export function wordsOf(search: string): string[] {
  const folded = fold(search)
  const digits = folded.replace(/[\s().+/]/g, '')
  if (/^\d{3,}$/.test(digits)) return [digits.replace(/^00/, '')].filter(Boolean)
  return folded
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map((word) => (/^[\d().+/]+$/.test(word) ? word.replace(/\D/g, '') : word))
}

/** A word of digits stands in a number. */
export const isDigits = (word: string): boolean => /^\d+$/.test(word)

/** Too short for the trigram index, which knows words by three letters or digits in a row. */
export const isShort = (word: string) => !/[\p{L}\p{N}]{3}/u.test(word)

export const escapeLike = (word: string) => word.replace(/[\\%_]/g, '\\$&')
