import type { searchEverything as endpoint } from '@clinicacrm/contract/patient-page.ts'
import { phoneKeys as keysOf, phoneQuery } from '@clinicacrm/contract/phone.ts'
import type { z } from 'zod'
import type { Config } from '../config.ts'
import type { Db } from '../db/client.ts'
import type { Actor } from '../work.ts'
import { type Brief, briefsOf } from './briefs.ts'
import { ageOf, nameOf } from './person.ts'
import { phoneFields } from './phone-index.ts'
import { addressTier, amongAll, amongNewest, caseNumbered, type Hit, numberTier, wordTiers } from './search-queries.ts'
import { fold, isDigits, isShort, wordsOf } from './search-text.ts'

type Country = Pick<Config, 'defaultCountry'>
type Matched = z.infer<typeof endpoint.reply>['patients'][number]['matched']

const maxWords = 8

/** Patients by half a name, digits of any number or a piece of their e-mail address, and the case whose number it is. */
export async function searchEverything(
  db: Db,
  { q, limit }: { q: string; limit: number },
  by: Actor,
  { defaultCountry }: Country,
) {
  const caseId = /^\s*#?\s*([1-9]\d{0,17})\s*$/.exec(q)?.[1]
  const found = caseId ? await caseNumbered(db, caseId, by) : null
  // Two digits may be a case's number; of a telephone number they are too little to go by.
  const telling = wordsOf(q).filter((word) => !isDigits(word) || !isShort(word))
  const words = [...new Set(telling)].slice(0, maxWords)
  const key = keyOf(q, defaultCountry)
  const { hits, more } = words.length ? await ranked(db, { q, words, key, limit }, by) : { hits: [], more: false }
  const ids = hits.slice(0, limit).map(({ id }) => id)
  const briefs = ids.length ? await briefsOf(db, ids, by) : new Map<string, Brief>()
  return {
    patients: ids.flatMap((id) => {
      const brief = briefs.get(id)
      return brief ? [{ ...shown(brief), matched: matchOf(brief, words, key, defaultCountry) }] : []
    }),
    case: found && numbered(found),
    too_broad: more,
  }
}

/** What was typed, read as a telephone would dial it: four digits are a piece of many numbers, these are one. */
function keyOf(q: string, country: Config['defaultCountry']): string | null {
  const asked = phoneQuery(q, country, { fromQueryString: true })
  return asked.kind === 'number' && asked.valid ? asked.key : null
}

type Search = { q: string; words: string[]; key: string | null; limit: number }

/** Those with the very address or number, then those whom the words fit. */
async function ranked(db: Db, { q, words, key, limit }: Search, by: Actor) {
  const asked = { words, by, need: limit + 1 }
  const [address] = /^[^@\s]+@[^@\s]+\.[^@\s]+$/.exec(q.trim()) ?? []
  if (address) {
    // Long words are dear to the trigram index, and a whole address leaves nothing to guess.
    const { hits } = await amongAll(db, { ...asked, tiers: [addressTier(address)] })
    if (hits.length) return { hits, more: hits.length > limit }
  }
  const byNumber = key === null ? [] : (await amongAll(db, { ...asked, tiers: [numberTier(db, key)] })).hits
  const byWords = await fitting(db, asked)
  const known = new Set(byNumber.map(({ id }) => id))
  const hits = [...byNumber, ...byWords.hits.filter(({ id }) => !known.has(id))]
  return { hits, more: byWords.more || hits.length > limit }
}

/**
 * What fits many is found among the newest; what does not fit a handful of these fits few, and all of them are looked at.
 * In between the tiers are asked one by one until the list is full. No search reads by much more than it shows.
 */
async function fitting(db: Db, asked: { words: string[]; by: Actor; need: number }) {
  const tiers = wordTiers(asked.words)
  const newest = await amongNewest(db, { ...asked, tiers })
  if (newest.length < asked.need) {
    const { hits, tooMany } = await amongAll(db, { ...asked, tiers })
    if (!tooMany) return { hits, more: false }
  }
  const hits = new Map<string, Hit>()
  let more = false
  for (const [tier, condition] of tiers.entries()) {
    add(newest.filter((hit) => hit.tier === tier))
    if (hits.size < asked.need) {
      const all = await amongAll(db, { ...asked, tiers: [condition] })
      add(all.hits.map((hit) => ({ ...hit, tier })))
      more ||= all.tooMany
    }
    if (hits.size >= asked.need - 1) break
  }
  return { hits: [...hits.values()].toSorted(surerAndNewer), more }

  function add(some: Hit[]) {
    for (const hit of some) if (!hits.has(hit.id)) hits.set(hit.id, hit)
  }
}

const surerAndNewer = (a: Hit, b: Hit): number =>
  a.tier - b.tier ||
  Number(b.likely) - Number(a.likely) ||
  (a.created_at === b.created_at ? Number(BigInt(b.id) - BigInt(a.id)) : a.created_at < b.created_at ? 1 : -1)

function shown(brief: Brief) {
  const { id, birth_date, clinic, latest_case: latest } = brief
  const latest_case = latest && { id: latest.id, status: latest.status, treatment: latest.treatment }
  return { id, name: nameOf(brief), age: ageOf(birth_date), clinic, latest_case }
}

function numbered(found: NonNullable<Awaited<ReturnType<typeof caseNumbered>>>) {
  const { id, patient_id, status, clinic } = found
  return { id, patient_id, name: nameOf(found), status, clinic }
}

/** Which field the first word that is not in the name stands in, and what is written there. */
function matchOf(brief: Brief, words: string[], key: string | null, country: Config['defaultCountry']): Matched {
  const name = nameOf(brief)
  const folded = fold(name)
  const digits = words.find((word) => isDigits(word) && !folded.includes(word))
  for (const field of phoneFields) {
    const typed = brief[field]
    if (!typed) continue
    const keys = keysOf(typed, country).map((number) => number.key)
    const holds = digits && [typed.replace(/\D+/g, ''), ...keys].some((number) => number.includes(digits))
    if (holds || (key !== null && keys.includes(key))) return { field, text: typed }
  }
  const isNamed = words.every((word) => folded.includes(word))
  return !isNamed && brief.email ? { field: 'email', text: brief.email } : { field: 'name', text: name }
}
