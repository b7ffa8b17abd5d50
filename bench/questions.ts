import { phoneQuery } from '@clinicacrm/contract/phone.ts'
import pg from 'pg'
import { constructedKeys, italy } from './dataset.ts'
import { draw, type Line, patientAt, pick, strangersLine } from './people.ts'

export const kinds = ['hit', 'miss', 'mixed'] as const
export type Kind = (typeof kinds)[number]

/** A caller's number as some platform writes it, and the case that must be on top of the answer; null: none. */
export type Question = { text: string; caseId: string | null; patientId: number }

/** Enough different ones that no cache of ours could answer them. */
const howMany = 20_000

/** Callers from the dataset and strangers; `mixed` is one stranger in four. */
export async function makeQuestions(database: string, patients: number): Promise<Record<Kind, Question[]>> {
  const callers = Array.from({ length: howMany }, (_, n) => {
    const patientId = 1 + Math.floor(draw(n, 90) * patients)
    const lines = Object.values(patientAt(patientId).lines)
    const key = pick(constructedKeys('', patientAt(patientId)), draw(n, 91)).key
    return { patientId, key, line: lines.find(({ country, national }) => country + national === key)! }
  })
  const newest = await newestCases(
    database,
    callers.map(({ key }) => key),
  )
  const hit = callers.map(({ patientId, key, line }, n) => {
    const caseId = newest.get(key)
    if (!caseId) throw new Error(`nobody in the dataset has ${key}`)
    return { text: asSent(line, key, n), caseId, patientId }
  })
  const miss = callers.map((_, n) => {
    const line = strangersLine(n)
    return { text: asSent(line, line.country + line.national, n), caseId: null, patientId: patients + 1 + n }
  })
  return { hit, miss, mixed: hit.map((question, n) => (n % 4 === 3 ? miss[n]! : question)) }
}

/** Asked in other words than the program's own statement, so that a mistake there shows. */
async function newestCases(database: string, keys: string[]): Promise<Map<string, string>> {
  const client = new pg.Client(database)
  await client.connect()
  const { rows } = await client.query<{ key: string; id: string }>(
    `select distinct on (k.key) k.key, c.id from phone_keys k join cases c using (patient_id)
      where k.key = any ($1) and c.deleted_at is null order by k.key, c.created_at desc, c.id desc`,
    [keys],
  )
  await client.end()
  return new Map(rows.map(({ key, id }) => [key, id]))
}

/** The address of a lookup, percent-encoded as platforms do it: not every one minds the plus. */
export function lookupPath({ text }: Question): string {
  return `/api/lookup?phone=${encodeURIComponent(text)}`
}

function asSent({ country, national }: Line, key: string, n: number): string {
  const [a, b, c] = [national.slice(0, 3), national.slice(3, 6), national.slice(6)]
  const writings = [
    `+${country}${national}`,
    `+${country}${national}`,
    `+${country} ${a} ${b} ${c}`,
    `00${country}${national}`,
    `tel:+${country}-${a}-${b}-${c}`,
    country === '39' ? national : `+${country}${national}`,
    country === '39' ? `${a} ${b}${c}` : `+${country} ${a}${b} ${c}`,
    ` ${country}${national}`,
  ]
  const text = pick(writings, draw(n, 92))
  const read = phoneQuery(text, italy.defaultCountry, { fromQueryString: true })
  if (read.kind !== 'number' || read.key !== key) throw new Error(`"${text}" is not read as ${key}`)
  return text
}
