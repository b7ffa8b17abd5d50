export type Writing = {
  /** `+39`: where numbers without a country code belong; empty: to the CRM's own country. */
  default_region: string
  /** What stands before national numbers, such as `01139`; several with blanks or commas. */
  strip_prefixes: string
}

/** What the platform did not fill in. */
const unfilled = /^@.*@$/
/** Fewer digits behind a prefix are no number: it was no prefix, as 39 is none in the mobile 393 123 4567. */
const leastDigits = 9

/**
 * A number as Five9 writes it, made plain for the CRM, which reads it further. Ten digits say nothing of a country: they
 * are a mobile in Italy. Null where there is none.
 */
export function numberFrom(written: unknown, { default_region, strip_prefixes }: Writing): string | null {
  const text = typeof written === 'number' ? String(written) : typeof written === 'string' ? written.trim() : ''
  if (text === '' || unfilled.test(text)) return null
  const digits = text.replaceAll(/[\s().-]/g, '')
  if (!/^\d+$/.test(digits)) return text
  const national = withoutPrefix(digits, strip_prefixes)
  const saysCountry = national.startsWith('00') || national.length < 6 || national.length > 11
  return default_region === '' || saysCountry ? national : `tel:${national};phone-context=${default_region}`
}

function withoutPrefix(digits: string, prefixes: string): string {
  const known = prefixes.split(/[\s,]+/).filter(Boolean)
  const longest = known
    .filter((prefix) => digits.startsWith(prefix) && digits.length - prefix.length >= leastDigits)
    .sort((one, other) => other.length - one.length)[0]
  return longest === undefined ? digits : digits.slice(longest.length)
}

/** As people in the United States dial, where the domain's plan is theirs: ten digits at home, 011 to elsewhere. */
export function dialled(number: string, writing: 'e164' | 'us'): string {
  if (writing === 'e164') return number
  const home = /^\+1(\d{10})$/.exec(number)?.[1]
  return home ?? number.replace(/^\+/, '011')
}
