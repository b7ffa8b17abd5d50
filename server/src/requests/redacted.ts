import { phoneQuery } from '@clinicacrm/contract/phone.ts'

/** Of a number, enough to recognise it by, never enough to dial it. */
export function redactedPhone(phone: string | null): string | null {
  if (phone === null) return null
  const digits = phone.replaceAll(/\D/g, '')
  if (digits.length < 6) return isNobodys(phone) ? phone : '…'
  const plus = phone.trimStart().startsWith('+') ? '+' : ''
  return `${plus}${digits.slice(0, 2)}…${digits.slice(-3)}`
}

/**
 * Extensions, words of platforms such as "anonymous", and place holders that nobody filled in. Any other word may be a
 * name, or stand beside one.
 */
function isNobodys(phone: string): boolean {
  const text = phone.trim()
  if (/^[\d*#+ -]*$/.test(text) || /^(undefined|null|nan|none|not_set|\[object object\])$/i.test(text)) return true
  if (/^(\{\{[^{}]*\}\}|\$!?\{[^{}]*\}|\[[\w.]+\]|%\w+%)$/.test(text)) return true
  return /^\w+$/.test(text) && phoneQuery(text, 'IT').kind === 'withheld'
}

/** What is sent in the open must neither call nor write to anybody, nor open what an address with a signature opens. */
export function redactedText(text: string): string {
  return (
    text
      .replaceAll(/(https?:\\?\/\\?\/[^\s"'<>?#]*)[?#][^\s"'<>]*/gi, '$1?…')
      // A name as telephones show it: "Mario Rossi" <sip:…>.
      .replaceAll(/(?:\\?"[^"]*"|[\p{L}][\p{L}.' -]{0,60})\s{0,3}(?=<(?:sips?:|tel:|\+?\d))/giu, '… ')
      .replaceAll(/(\p{L})[\p{L}\p{N}._%+-]{0,64}@(?=[\p{L}\p{N}])/giu, '$1…@')
      .replaceAll(/\+?\d(?:[\s()./+\p{Pd}]{0,3}\d){5,}/gu, (number) => redactedPhone(number) ?? '')
  )
}

const hidden = '…'
const secrets = /token|secret|password|passwd|signature|authorization|api_?key/i
/** What platforms call the person at the other end, and what somebody wrote about them. */
const persons = /^(contact|caller|customer|patient|person|lead)s?$|^TaskAttributes$/i
const personal =
  /((first|last|full|family|given|display|contact|caller|callerid|customer|patient|person|cnam)[ _-]?(id)?[ _-]?name$)|^(cnam|surname|information|notes?|comments?|content|message|text|subject|transcript(ion)?|address|street|birth.*|ssn|fiscal.*)$/i

/** A body as it may be shown: whose call it was cannot be read from it, what the platform meant can. */
export function redactedBody(body: string, contentType = ''): string {
  if (contentType === 'application/x-www-form-urlencoded')
    return [...new URLSearchParams(body)].map(([name, value]) => `${name}=${redactedField(name, value)}`).join('&')
  const read = jsonIn(body)
  return read === undefined ? withoutNamed(redactedText(body)) : JSON.stringify(redactedValue(read, false))
}

/** A field of a form may hold JSON. */
function redactedField(name: string, value: string): string {
  const read = /^\s*[{[]/.test(value) ? jsonIn(value) : undefined
  if (read !== undefined) return JSON.stringify(redactedValue(read, persons.test(name)))
  return value && isHidden(name) ? hidden : redactedText(value)
}

const isHidden = (name: string) => secrets.test(name) || personal.test(name)

/** `isPerson`: within what is said of the person at the other end, every name is theirs. */
function redactedValue(value: unknown, isPerson: boolean): unknown {
  if (typeof value === 'string') return redactedField('', value)
  if (typeof value === 'number') return Math.abs(value) >= 100_000 ? redactedPhone(String(value)) : value
  if (Array.isArray(value)) return value.map((one) => redactedValue(one, isPerson))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => {
      const isText = typeof one === 'string' && one !== ''
      if (isText && (isHidden(name) || (isPerson && /name/i.test(name)))) return [name, hidden]
      return [name, redactedValue(one, isPerson || persons.test(name))]
    }),
  )
}

/** What is no JSON after all. */
const withoutNamed = (text: string) =>
  text.replaceAll(/"([^"\\]{1,60})"(\s*:\s*)"(?:[^"\\]|\\.)*"?/g, (found, name: string, between: string) =>
    isHidden(name) || /name/i.test(name) ? `"${name}"${between}"${hidden}"` : found,
  )

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
