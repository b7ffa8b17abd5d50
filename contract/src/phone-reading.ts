import {
  type CountryCode,
  getCountryCallingCode,
  Metadata,
  parsePhoneNumberFromString,
  type PhoneNumber,
} from 'libphonenumber-js/max'
import { repairsOf } from './phone-repairs.ts'

/** One written number and how sure its reading is. */
export type Reading = {
  /** What is compared: E.164 digits without "+" after the equivalences, or "x" and the bare digits. */
  key: string
  /** "+…", dialable; null when no numbering plan has room for it. */
  e164: string | null
  /** `valid`: as written; `repaired`: after one repair; `possible`: right length only; `bare`: no plan fits. */
  certainty: 'valid' | 'repaired' | 'possible' | 'bare'
  /** Written with its country code: "+" or "00" in front. */
  explicit: boolean
  /** The digits as written, after the last "+". */
  digits: string
}

/**
 * Rules 5 to 12 and 14: the first valid reading of one candidate, else the first valid repair, else the number as it
 * stands. `written` holds digits, separators and "+". Null when there are more digits than any number has, or none.
 */
export function readNumber(written: string, country: CountryCode): Reading | null {
  // Rule 5: of several "+", what follows the last one.
  const plus = written.lastIndexOf('+')
  const digits = written.slice(plus + 1).replace(/\D/g, '')
  if (digits === '' || digits.length > maxWrittenDigits) return null

  const mobile = plainMobile(digits, plus >= 0, country)
  if (mobile) return mobile
  const explicit = plus >= 0 || digits.startsWith('00')
  const numbers: PhoneNumber[] = []
  for (const dialled of plus >= 0 ? withPlus(digits) : withoutPlus(digits, country)) {
    const number = parsePhoneNumberFromString(dialled, { defaultCountry: country, extract: false })
    if (!number) continue
    if (isValid(number)) return { ...keysOf(number), certainty: 'valid', explicit, digits }
    numbers.push(number)
  }
  const repaired = firstValidRepair(numbers)
  if (repaired) return { ...keysOf(repaired), certainty: 'repaired', explicit, digits }
  const possible = possibleNumber(plus >= 0 ? `+${digits.replace(/^0+/, '')}` : digits, country)
  if (possible) return { ...keysOf(possible), certainty: 'possible', explicit, digits }
  // Rule 11: digits of no plan match only themselves.
  const tooLong = digits.replace(/^0+/, '').length > maxE164Digits
  return tooLong ? null : { key: `x${digits}`, e164: null, certainty: 'bare', explicit, digits }
}

// Most callers of a clinic in Italy or Spain. Reading them takes the library ten times as long as everything else a lookup
// does with a number; a test holds these shapes to what the library says of them, prefix by prefix.
const mobiles: Partial<Record<CountryCode, { code: string; national: RegExp; full: RegExp }>> = {
  IT: { code: '39', national: /^3[2-9]\d{8}$/, full: /^393[2-9]\d{8}$/ },
  ES: { code: '34', national: /^6\d{8}$/, full: /^346\d{8}$/ },
}

function plainMobile(digits: string, hasPlus: boolean, country: CountryCode): Reading | null {
  const certain = { certainty: 'valid', explicit: hasPlus, digits } as const
  if (hasPlus) {
    const isMobile = mobiles.IT?.full.test(digits) || mobiles.ES?.full.test(digits)
    return isMobile ? { key: digits, e164: `+${digits}`, ...certain } : null
  }
  const plan = mobiles[country]
  if (!plan?.national.test(digits)) return null
  const key = plan.code + digits
  return { key, e164: `+${key}`, ...certain }
}

// E.164 has fifteen digits; an exit code, a doubled country code and an area's 0 may precede them.
const maxWrittenDigits = 24
const maxE164Digits = 15

function withPlus(digits: string): string[] {
  const international = `+${digits.replace(/^0+/, '')}`
  // Rule 5 strips the zeros of "+0039". A single zero is not an exit code: some gateways put "+" before a national
  // number as it is, and "+06 2222 4444" read as +62 would be somebody in Indonesia.
  return /^0[1-9]/.test(digits) ? [digits, international] : [international]
}

// Rules 7 and 8, in this order.
function withoutPlus(digits: string, country: CountryCode): string[] {
  const afterExitCode = /^(?:00|011)0*([1-9]\d*)$/.exec(digits)?.[1]
  if (afterExitCode) return [digits, `+${afterExitCode}`]
  if (digits.startsWith('0')) return [digits]
  return internationalFirst(digits, country) ? [`+${digits}`, digits] : [digits, `+${digits}`]
}

// Rule 9: where numbers are dialled with a trunk prefix, one that lacks it and starts with the country's own code is
// international written without "+".
function internationalFirst(digits: string, country: CountryCode): boolean {
  const trunk = trunkPrefixOf(country)
  return trunk !== null && !digits.startsWith(trunk) && digits.startsWith(getCountryCallingCode(country))
}

function trunkPrefixOf(country: CountryCode): string | null {
  const metadata = new Metadata()
  metadata.selectNumberingPlan(country)
  // The library has it and does not declare it; for a country without one, like Italy, it gives the number 0.
  const plan = metadata.numberingPlan as { nationalPrefix?(): unknown } | undefined
  const trunk = plan?.nationalPrefix?.()
  return typeof trunk === 'string' && trunk !== '' ? trunk : null
}

// `isValid()` takes Italian voicemail boxes (a mobile with one or two digits more) for numbers, and so would read
// Paris and Madrid written without "+" as Italian.
function isValid(number: PhoneNumber): boolean {
  const type = number.getType()
  return type !== undefined && type !== 'VOICEMAIL'
}

function firstValidRepair(numbers: PhoneNumber[]): PhoneNumber | undefined {
  for (const number of numbers) {
    for (const digits of repairsOf(number.countryCallingCode, number.nationalNumber)) {
      const repaired = parsePhoneNumberFromString(`+${digits}`, { extract: false })
      if (repaired && isValid(repaired)) return repaired
    }
  }
  return undefined
}

// Rule 11: reading 5 or 7, as it is. It must be possible under its E.164 too, or the same number asked for with its
// country code would have another key: Canada's plan has room for seven digits, +1 has not.
function possibleNumber(dialled: string, country: CountryCode): PhoneNumber | null {
  const number = parsePhoneNumberFromString(dialled, { defaultCountry: country, extract: false })
  if (!number?.isPossible()) return null
  const again = parsePhoneNumberFromString(number.number, { extract: false })
  return again?.isPossible() && again.number === number.number ? number : null
}

const keysOf = (number: PhoneNumber) => ({ key: keyOf(number.number), e164: number.number })

// Rule 14: two writings of one line that the plans keep apart.
function keyOf(e164: string): string {
  const digits = e164.slice(1)
  if (digits.startsWith('390549')) return `378${digits.slice(2)}`
  if (/^549\d{10}$/.test(digits)) return `54${digits.slice(3)}`
  if (/^521\d{10}$/.test(digits)) return `52${digits.slice(3)}`
  return digits
}
