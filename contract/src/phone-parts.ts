import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max'
import { unwrapAddress } from './phone-cleaning.ts'
import { readNumber, type Reading } from './phone-reading.ts'
import { isWithheldNumber } from './phone-withheld.ts'

/** A stretch of text that may be one number or several: digits, separators, "+"; words and notes are gone. */
export type Chunk = { written: string; ext: string | null }

export type FoundNumber = Reading & { ext: string | null }

/** The chunks of a cleaned text, and whether the text is one chunk and nothing else. */
export function chunksOf(text: string): { chunks: Chunk[]; alone: boolean } {
  const pieces = text.split(pieceEnd).filter((piece) => /\S/.test(piece))
  const perPiece = pieces.map(chunksOfPiece)
  const chunks = perPiece.flatMap((piece) => piece.chunks)
  return { chunks, alone: chunks.length === 1 && perPiece.length === 1 && !!perPiece[0]?.alone }
}

/**
 * Rule 15: the numbers of one chunk. Inside a longer text only numbers valid as written, or with their country code,
 * are believed; a chunk that stands alone may need a repair or be no more than possible.
 */
export function numbersIn(chunk: Chunk, country: CountryCode, alone: boolean): FoundNumber[] {
  if (isWithheldNumber(chunk.written)) return []
  const certain = certainNumbersIn(chunk, country)
  if (certain.length > 0 || !alone) return certain
  const whole = readChunk(chunk, country)
  // Rule 16: nothing as short as a note, no placeholder.
  return whole && whole.digits.length >= 4 && !isOneDigitRepeated(whole.digits) ? [whole] : []
}

/** One chunk read as one number, whatever comes of it. */
export function readChunk({ written, ext }: Chunk, country: CountryCode): FoundNumber | null {
  // Rule 16: "…1234567.0" is a number that a spreadsheet took for one.
  const reading = readNumber(written.replace(/^(\s*\+?\d{6,})\.0+\s*$/, '$1'), country)
  return reading && { ...reading, ext }
}

// Rule 15. The ";" before a parameter belongs to an address.
const pieceEnd = /;(?!\s*(?:ext|isub|phone-context|user|transport|tag|rn|cic|maddr|ttl|method)=)|[,|\n]/i

function chunksOfPiece(piece: string): { chunks: Chunk[]; alone: boolean } {
  const address = unwrapAddress(piece, false)
  // Rule 13: an extension becomes "~12~", which ends the chunk before it.
  const marked = withoutNotes(address.user.replace(/~/g, '|').replace(extensionPattern, ' ~$1~'))
  const chunks = marked
    .split(/\||(?<=~\d{1,7}~)/)
    .map((part) => /^([^~]*)(?:~(\d+)~)?/.exec(part) ?? [])
    .map(([, written = '', ext]) => ({ written, ext: ext ?? address.ext }))
    .filter(({ written }) => /\d/.test(written))
  const alone = chunks.length === 1 && !marked.includes('|')
  return { chunks: address.isSip && !alone ? [] : chunks, alone }
}

const extensionPattern =
  /(?:(?<!\p{L})(?:ext(?:ension|ensi\u00f3n)?|x|int(?:erno|ern)?|poste|durchwahl|dw|anexo|estensione)|#)\s*[.:=]?\s*(\d{1,7})(?!\d)/giu

// Rule 16: what is no number, replaced by "|", which no number crosses.
function withoutNotes(text: string): string {
  return text
    .replace(/(\S*)@\S*/g, (_, user: string) => (/^[\d.+-]+$/.test(user) ? spoilt : '|'))
    .replace(/\b\w+:\/\/\S*/g, '|')
    .replace(datePattern, '|')
    .replace(/(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])/g, '|')
    .replace(/\((?=[^()]*\p{L}|\s*\d{1,2}\s*\)\s*$)/gu, '|')
    .replace(/[\p{L}\d*%_]+|\?{2,}|\u2022{2,}/gu, withoutWord)
    .replace(/[\d\s.\-/()[\]+]*\0[\d.\-/]*/g, '|')
    .replace(/[^\d\s.\-/()[\]+~|]/gu, '|')
}

// A letter or a mask behind digits ("4444A", "22**", "2222 xxxx") spoils those before it too: Italian numbers have many
// lengths, and what is left would be somebody else's. In front of digits ("A2") it spoils only those.
function withoutWord(word: string): string {
  if (/^\d+$/.test(word)) return word
  if (/^\d|^[*%_?\u2022x]{2,}$/i.test(word)) return spoilt
  return /\d/.test(word) ? `|${spoilt}` : '|'
}

// No control character survives the cleaning, so this one is free to mean something here.
const spoilt = '\0'

// 12/05/1980, 12.5.80, 1980-05-12; not the beginning or the end of a number in groups.
const datePattern =
  /(?<!\d[\s./()-]{0,2})(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:(?:19|20)\d\d(?![./-]?\d)|\d\d(?![\s./()-]{0,2}\d))|(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![./-]?\d))/g

function certainNumbersIn(chunk: Chunk, country: CountryCode): FoundNumber[] {
  const alternatives = alternativesIn(chunk, country)
  if (alternatives.length > 0) return alternatives

  const parts = partsOf(chunk.written)
  if (parts.length > maxParts) return []
  const inParts = parts.map((written) => certainNumbersIn({ ...chunk, written }, country))
  if (inParts.length > 0 && inParts.every((found) => found.length > 0)) return inParts.flat()

  const whole = digitCount(chunk.written) >= minSplitDigits ? readChunk(chunk, country) : null
  if (whole && isCertain(whole)) return [whole]
  const regrouped = regroupedAtStrokes(chunk, country)
  const found = regrouped.length > 0 ? regrouped : inParts.flat()
  return found.filter((number) => isOfCountry(number, country))
}

// Rule 15, the stronger separator first: "06/1234567 - 333/1234567" is two numbers, not four. After a complete number a
// stray digit or two behind a dash ("06 2222 4444 - 2") is a note, not its end.
function partsOf(written: string): string[] {
  const separator = separators.find((pattern) => pattern.test(written))
  if (!separator) return []
  const [first = '', ...rest] = written.split(separator)
  return digitCount(first) >= 9 ? [first, ...rest.filter((part) => digitCount(part) >= 4)] : [first, ...rest]
}

const separators = [/(?<=\d)[\s)]*(?=\(?\+)/, /\s-\s/, /\s\/\s/, /\//]

const minSplitDigits = 6
/** A field of 200 characters has room for no more numbers than this; with more strokes it holds something else. */
const maxParts = 16

// "06/22224444/333/2224444": strokes both inside the numbers and between them. Believed if it comes out even.
function regroupedAtStrokes(chunk: Chunk, country: CountryCode): FoundNumber[] {
  const groups: FoundNumber[] = []
  const pieces = chunk.written.split('/')
  if (pieces.length > maxParts) return []
  let group = ''
  for (const piece of pieces) {
    group = group === '' ? piece : `${group}/${piece}`
    const number = digitCount(group) >= 8 ? readChunk({ ...chunk, written: group }, country) : null
    if (!number || !isCertain(number)) continue
    groups.push(number)
    group = ''
  }
  return group === '' ? groups : []
}

// Rule 15: after "06 8411160/161" the other line is 06 8411161. With fewer digits before, "/" separates groups.
function alternativesIn(chunk: Chunk, country: CountryCode): FoundNumber[] {
  const [, base = '', endings = ''] = /^(.*?\d)((?:\s*\/\s*\d{1,3})+)\s*$/s.exec(chunk.written) ?? []
  if (digitCount(base) < 8) return []
  const digits = base.replace(/[^\d+]/g, '')
  const others = (endings.match(/\d+/g) ?? []).map((ending) => digits.slice(0, -ending.length) + ending)
  const found = [base, ...others].map((written) => readChunk({ ...chunk, written }, country))
  const certain = found.filter((number) => number !== null).filter(isCertain)
  return certain.length === found.length ? certain : []
}

const isCertain = ({ certainty, explicit, digits }: Reading): boolean =>
  certainty === 'valid' || (explicit && certainty !== 'bare' && !isOneDigitRepeated(digits))

// Pieces of a chunk that does not come out even may be pieces of a number, and any dozen digits are valid in some country
// or other. What names its country was not cut there by chance, nor, likely, what fits the plan at home.
const isOfCountry = ({ explicit, e164 }: Reading, country: CountryCode): boolean =>
  explicit || !!e164?.startsWith(`+${getCountryCallingCode(country)}`)

const isOneDigitRepeated = (digits: string): boolean => /^(\d)\1*$/.test(digits)

const digitCount = (written: string): number => written.replace(/\D/g, '').length
