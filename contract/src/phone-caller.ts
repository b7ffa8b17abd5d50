import type { CountryCode } from 'libphonenumber-js/max'
import { cleanPhoneText, unwrapAddress } from './phone-cleaning.ts'
import { type Chunk, chunksOf, type FoundNumber, numbersIn, readChunk } from './phone-parts.ts'
import { isWithheldNumber, saysWithheld } from './phone-withheld.ts'

/** Who is calling, read from one text: a number or the reason why there is none. */
export type Caller = { kind: 'number'; number: FoundNumber } | { kind: 'withheld' | 'internal' | 'invalid' }

/** Takes the whole for one number where that can be, else the first number in it. `text` is at most a line long. */
export function readCaller(text: string, country: CountryCode): Caller {
  // Most of what switches send has nothing to clean, unwrap or cut. A test holds this path equal to the other.
  if (/^\+?\d[\d ]*$/.test(text)) return readAlone({ written: text, ext: null }, country) ?? { kind: 'invalid' }

  const { user, ext, isSip } = unwrapAddress(cleanPhoneText(text), true)
  // An unfilled template is a mistake wherever it stands; a SIP user with a name is nobody's.
  const unreadable: Caller = { kind: isSip && !/[{}$]/.test(user) ? 'internal' : 'invalid' }
  if (!/\d/.test(user)) return saysWithheld(user) ? { kind: 'withheld' } : unreadable
  // Nobody dials from so long a number; reading it would only keep the next caller waiting.
  if (user.length > maxUserLength) return unreadable
  // A wildcard asks for many numbers; what is left without it would be one of them.
  if (/[*?%{}$]|__|_$/.test(user)) return unreadable

  const { chunks, alone } = chunksOf(user)
  const [chunk] = chunks
  if (!chunk || (isSip && !alone)) return unreadable
  if (alone) return readAlone({ ...chunk, ext: chunk.ext ?? ext }, country) ?? unreadable
  const [number] = chunks.flatMap((part) => numbersIn(part, country, false))
  return number ? { kind: 'number', number } : unreadable
}

/** Characters of what stands in a caller's address for the number, with its separators and notes. */
const maxUserLength = 100

function readAlone(chunk: Chunk, country: CountryCode): Caller | null {
  if (isWithheldNumber(chunk.written)) return { kind: 'withheld' }
  const number = numbersIn(chunk, country, true)[0] ?? readChunk(chunk, country)
  return number && { kind: 'number', number }
}
