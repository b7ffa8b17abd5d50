import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { cases, clinics, patients, phoneKeys } from '../db/schema.ts'
import type { Actor } from '../work.ts'
import { casesOf, hasCaseOf, visibleTo } from './queries.ts'
import { escapeLike, isDigits, isShort } from './search-text.ts'

/** How many of the newest patients are looked through before the index over all of them is asked. */
const stretch = 5_000
/** More than these are not ranked. */
const maxRanked = 1_000

export type Hit = { id: string; created_at: string; likely: boolean; tier: number }
type Tier = SQL

/** Whoever has this very number. */
export const numberTier = (db: Db, key: string): Tier =>
  sql`${patients.id} in ${db.select({ id: phoneKeys.patient_id }).from(phoneKeys).where(eq(phoneKeys.key, key))}`

/** Whoever has this very e-mail address. */
export const addressTier = (address: string): Tier => sql`lower(${patients.email}) = ${address.toLowerCase()}`

/**
 * What fits a search, the surest first: whole words of a name; words that begin so; the words anywhere. Each tier holds the
 * one before it. Digits may stand anywhere in a number from the start. So may a word with punctuation in it, which is a piece
 * of an e-mail address: the trigram index sees none, and would offer everybody who shares its letters.
 */
export function wordTiers(words: string[]): [Tier, ...Tier[]] {
  const { folded_name: name, search_text: text } = patients
  const anywhere = (word: string) =>
    isShort(word) ? sql`${name} like ${`% ${escapeLike(word)}%`}` : sql`${text} like ${`%${escapeLike(word)}%`}`
  const whole = (word: string) => (isDigits(word) ? anywhere(word) : sql`${name} like ${`% ${word} %`}`)
  const beginning = (word: string) => (isDigits(word) ? anywhere(word) : sql`${name} like ${`% ${word}%`}`)
  const every = (condition: (word: string) => SQL) => and(...words.map(condition))!
  const isName = !words.every(isDigits) && words.every((word) => /^[\p{L}\p{N}]+$/u.test(word))
  if (!isName) return [every(anywhere)]
  return [every(whole), every(beginning), ...(words.every(isShort) ? [] : [every(anywhere)])]
}

type Asked = { tiers: Tier[]; words: string[]; by: Actor; need: number }

/** Looks through the newest patients, by the index on `created_at, id`: what many fit is found here at once. */
export async function amongNewest(db: Db, { tiers, words, by, need }: Asked): Promise<Hit[]> {
  const { rows } = await db.execute<Hit>(sql`
    select id::text, created_at::text, likely, tier from (
      select ${patients.id}, ${patients.created_at}, ${isLikely(words)} as likely, ${tierOf(tiers)} as tier
        from (select * from ${patients} order by ${patients.created_at} desc, ${patients.id} desc limit ${stretch}) ${patients}
       where ${and(loosest(tiers), shownTo(by))}) hits
     order by tier, likely desc, created_at desc, id desc limit ${need * tiers.length}`)
  return rows
}

/**
 * The surest and newest of all who fit some tiers, and whether there were too many to look at each. Planned as if all were
 * wanted, which chooses the trigram index, and yet stopped at the first too many.
 */
export async function amongAll(db: Db, { tiers, words, by, need }: Asked): Promise<{ hits: Hit[]; tooMany: boolean }> {
  const { rows } = await db.execute<Hit & { visible: boolean; total: number }>(sql`
    with fitting as materialized (select ${patients.id} from ${patients} where ${loosest(tiers)}),
         few as materialized (select id from fitting limit ${maxRanked + 1})
    select ${patients.id}::text, ${patients.created_at}::text, ${isLikely(words)} as likely, ${tierOf(tiers)} as tier,
           ${shownTo(by) ?? sql`true`} as visible, (count(*) over ())::int as total
      from few join ${patients} on ${patients.id} = few.id
     order by visible desc, tier, likely desc, ${patients.created_at} desc, ${patients.id} desc limit ${need}`)
  return { hits: rows.filter(({ visible }) => visible), tooMany: (rows[0]?.total ?? 0) > maxRanked }
}

const loosest = (tiers: Tier[]): SQL => tiers.at(-1)!

function tierOf(tiers: Tier[]): SQL {
  const branches = tiers.map((condition, n) => sql`when ${condition} then ${n}::int`)
  return sql`case ${sql.join(branches, sql` `)} end`
}

/** Whoever may read cases but not patients knows only those who have one. */
function shownTo(by: Actor): SQL | undefined {
  if (by.permissions?.has('patients:read') ?? true) return visibleTo(by)
  return hasCaseOf(by)
}

/** Words that stand in the name and digits that begin a number are meant more often than what fits elsewhere. */
const isLikely = (words: string[]): SQL =>
  sql`(${and(
    ...words.map((word) =>
      isDigits(word)
        ? sql`strpos(${patients.search_text}, ${` ${word}`}) > 0`
        : sql`strpos(${patients.folded_name}, ${word}) > 0`,
    ),
  )})`

/** A living case of the actor's by its number. */
export async function caseNumbered(db: Db, id: string, by: Actor) {
  const [found] = await db
    .select({
      id: cases.id,
      patient_id: cases.patient_id,
      first_name: patients.first_name,
      last_name: patients.last_name,
      status: cases.status,
      clinic: clinics.name,
    })
    .from(cases)
    .innerJoin(patients, eq(patients.id, cases.patient_id))
    .innerJoin(clinics, eq(clinics.id, cases.clinic_id))
    .where(and(eq(cases.id, id), casesOf(by)))
  return found ?? null
}
