import type { CountryCode } from 'libphonenumber-js/max'
import { type Caller, readCaller } from './phone-caller.ts'
import { cleanPhoneText } from './phone-cleaning.ts'
import { chunksOf, numbersIn } from './phone-parts.ts'

export type Country = CountryCode

/** One number found in a stored field. `key` is what is compared, for equality and nothing else. */
export type PhoneKey = {
  /** E.164 digits without "+" ("390622224444"), or "x" and the bare digits ("x118") when no numbering plan fits. */
  key: string
  /** The extension's digits. Two keys that both have one must agree; otherwise it plays no part (rule 13). */
  ext: string | null
}

/** What a caller's text turned out to be. `echo` is the text as asked, at most `maxPhoneEchoLength` characters. */
export type PhoneQuery =
  | {
      kind: 'number'
      key: string
      ext: string | null
      /** "+…", or null when no numbering plan has room for the number. */
      e164: string | null
      /** Whether some numbering plan has the number. One that is not valid is still looked up, never refused. */
      valid: boolean
      echo: string
    }
  /** The caller hides the number, or the network does not know it: an answer without a case (rule 4). */
  | { kind: 'withheld'; echo: string }
  /** A SIP user that is no number: an answer without a case. */
  | { kind: 'internal'; echo: string }
  /** Nothing that can be a number: an integration mistake that somebody should see. */
  | { kind: 'invalid'; echo: string }

/** Characters; longer queries are invalid before any of them is looked at. */
export const maxPhoneQueryLength = 256
/** Characters of a stored field that are read. */
export const maxPhoneTextLength = 200
/** Code points of the caller's text that an answer repeats. */
export const maxPhoneEchoLength = 64

/**
 * Rule 22: keys stored under another version are stale and are made again from the raw text. Names the rules of this
 * folder, the library whose plans decide validity, and the country that numbers without a code belong to.
 */
export const phoneKeyVersion = (defaultCountry: Country): string =>
  `${rulesVersion}/${libraryVersion}/${defaultCountry}`

const rulesVersion = '1'
const libraryVersion = '1.13.16'

/** The numbers in a stored field, in the order written, each once. The field itself is kept as it is. */
export function phoneKeys(text: string, defaultCountry: Country): PhoneKey[] {
  const { chunks, alone } = chunksOf(cleanPhoneText(readableStart(text)))
  const keys = new Map<string, PhoneKey>()
  for (const chunk of chunks) {
    for (const { key, ext } of numbersIn(chunk, defaultCountry, alone)) {
      // Two extensions of one line: the line is what both have in common.
      const known = keys.get(key)
      keys.set(key, { key, ext: known && known.ext !== ext ? null : ext })
    }
  }
  return [...keys.values()]
}

/**
 * What a contact centre says about who is calling. `fromQueryString`: the text was decoded from a URL, where a "+" that
 * nobody encoded has become a blank.
 */
export function phoneQuery(
  text: string,
  defaultCountry: Country,
  options: { fromQueryString?: boolean } = {},
): PhoneQuery {
  if (text.length > maxPhoneQueryLength) return { kind: 'invalid', echo: echoOf(text) }
  const withPlus = options.fromQueryString ? withLostPlus(text) : text
  const plus = readCaller(withPlus, defaultCountry)
  if (withPlus === text || plus.kind === 'withheld') return answer(plus, withPlus)

  // Rule 2: the "+" first, unless ignoring the blank gives a surer number.
  const blank = readCaller(text, defaultCountry)
  const plusStands = sureness(plus) >= Math.max(sureness(blank), sureOf.possible)
  return plusStands ? answer(plus, withPlus) : answer(blank, text)
}

function answer(caller: Caller, asked: string): PhoneQuery {
  const echo = echoOf(asked)
  if (caller.kind !== 'number') return { kind: caller.kind, echo }
  const { key, ext, e164, certainty } = caller.number
  return { kind: 'number', key, ext, e164, valid: certainty === 'valid' || certainty === 'repaired', echo }
}

const sureOf = { bare: 1, possible: 2, repaired: 3, valid: 4 }
const sureness = (caller: Caller): number => (caller.kind === 'number' ? sureOf[caller.number.certainty] : 0)

// Rule 2. No country code starts with 0, so " 06 2222 4444" has lost nothing.
const withLostPlus = (text: string): string => text.replace(/^((?:[^\d+]*[:<])? *) (?=\(?[1-9])/, '$1+')

// A number cut in the middle would be somebody else's.
function readableStart(text: string): string {
  if (text.length <= maxPhoneTextLength) return text
  return text.slice(0, maxPhoneTextLength).replace(/[^\s,;|][^,;|\n\p{L}]*$/u, '')
}

// Cut between code points, and no lone surrogate of the caller's own: the echo travels as UTF-8.
function echoOf(text: string): string {
  return Array.from(text.slice(0, 2 * maxPhoneEchoLength))
    .slice(0, maxPhoneEchoLength)
    .join('')
    .toWellFormed()
}
