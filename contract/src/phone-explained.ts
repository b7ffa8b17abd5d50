import { readCaller } from './phone-caller.ts'
import { cleanPhoneText } from './phone-cleaning.ts'
import { type Country, type PhoneKey, phoneKeys, type PhoneQuery, phoneQuery } from './phone.ts'

/** How a caller's text was read, step by step, for whoever wonders why it matched or did not. */
export type PhoneExplained = {
  query: PhoneQuery
  /** What a query string had made of a "+" was put right. */
  plus_restored: boolean
  /** The text with look-alike characters, labels and blanks made plain. */
  cleaned: string
  /** The digits that were read; null without a number. */
  digits: string | null
  /** Written with its country code; otherwise the default country's plan decides. */
  has_country_code: boolean | null
  /** `valid`: as written; `repaired`: after one repair; `possible`: right length only; `bare`: no plan fits. */
  certainty: 'valid' | 'repaired' | 'possible' | 'bare' | null
}

export function explainPhone(
  text: string,
  defaultCountry: Country,
  options: { fromQueryString?: boolean } = {},
): PhoneExplained {
  const query = phoneQuery(text, defaultCountry, options)
  const plus_restored = query.echo.startsWith('+') && !text.startsWith('+')
  const asked = plus_restored ? text.replace(/^ */, '+') : text
  const caller = query.kind === 'number' ? readCaller(asked, defaultCountry) : null
  const number = caller?.kind === 'number' ? caller.number : null
  return {
    query,
    plus_restored,
    cleaned: query.kind === 'invalid' ? query.echo : cleanPhoneText(asked),
    digits: number?.digits ?? null,
    has_country_code: number?.explicit ?? null,
    certainty: number?.certainty ?? null,
  }
}

/** Whether a field that somebody filled in would be found by a caller, and by which of its numbers. */
export function compareStored(
  query: PhoneQuery,
  stored: string,
  defaultCountry: Country,
): { keys: PhoneKey[]; matches: boolean } {
  const keys = phoneKeys(stored, defaultCountry)
  const isSame = ({ key, ext }: PhoneKey) =>
    query.kind === 'number' && key === query.key && (query.ext === null || ext === null || ext === query.ext)
  return { keys, matches: keys.some(isSame) }
}
