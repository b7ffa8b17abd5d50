import type { CandidateView } from '@clinicacrm/contract/patient-page.ts'
import { phoneKeys as keysOf } from '@clinicacrm/contract/phone.ts'
import { and, eq, inArray, ne, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { Config } from '../config.ts'
import type { Db } from '../db/client.ts'
import { patients, phoneKeys, relations } from '../db/schema.ts'
import type { Actor } from '../work.ts'
import { type Brief, briefsOf } from './briefs.ts'
import { alikeAmong, type Named } from './likeness.ts'
import { ageOf, nameOf } from './person.ts'
import { visibleTo } from './queries.ts'
import { escapeLike, fold } from './search-text.ts'

export type Typed = {
  first_name?: string | undefined
  last_name?: string | undefined
  phones: string[]
  email?: string | undefined
  birth_date?: string | undefined
  except_id?: string | undefined
}
type Country = Pick<Config, 'defaultCountry'>
type Reason = CandidateView['reasons'][number]

const maxCandidates = 8
/** More people than this behind one number are a switchboard, not a household; nobody reads more namesakes either. */
const maxPerReason = 100
/** Names compared letter by letter. */
const maxCompared = 2_000

/** Patients who may be the one being typed, the surest first: who shares a number, an address, or a name and more. */
export async function findDuplicates(db: Db, typed: Typed, by: Actor, config: Country): Promise<CandidateView[]> {
  const person = { first_name: typed.first_name ?? '', last_name: typed.last_name ?? '' }
  const names = namesakes(db, person)
  const sources = [...sourcesOf(db, typed, config), ...names.same]
  let found = await peopleBehind(db, sources, typed.except_id, by)
  if (found.length < maxCandidates) {
    found = merged(found, await peopleBehind(db, names.alike, typed.except_id, by))
  }
  const alike = new Map((await alikeAmong(db, person, found)).map((one) => [one.id, one.likeness]))
  const ranked = found
    .map((one) => ({ ...one, ...weighed(one, alike.get(one.id) ?? 0, typed) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || Number(BigInt(b.id) - BigInt(a.id)))
  const likely = withoutCommonName(ranked, person).slice(0, maxCandidates)
  const ids = likely.map(({ id }) => id)
  const briefs = await briefsOf(db, ids, by)
  return likely.map(({ id, reasons }) => candidate(briefs.get(id)!, reasons))
}

type Source = { reason: Reason; people: SQL }

/** Who shares what was typed: one bounded question for each thing, each answered by an index of its own. */
function sourcesOf(db: Db, typed: Typed, { defaultCountry }: Country): Source[] {
  const keys = typed.phones.flatMap((text) => keysOf(text, defaultCountry).map(({ key }) => key))
  const address = typed.email?.trim().toLowerCase()
  const { birth_date } = typed
  return [
    ...(keys.length ? [withNumber(db, keys)] : []),
    ...(address ? [withAddress(db, address)] : []),
    ...(birth_date ? [among(db, 'birth_date', eq(patients.birth_date, birth_date))] : []),
  ]
}

function withNumber(db: Db, keys: string[] | ReturnType<typeof keysOfPatient>): Source {
  const people = db.select({ id: phoneKeys.patient_id }).from(phoneKeys).where(inArray(phoneKeys.key, keys))
  return { reason: 'number', people: sql`${people.limit(maxPerReason)}` }
}

const withAddress = (db: Db, address: string) => among(db, 'email', eq(sql`lower(${patients.email})`, address))

function among(db: Db, reason: Reason, condition: SQL): Source {
  const people = db.select({ id: patients.id }).from(patients).where(condition)
  return { reason, people: sql`${people.limit(maxPerReason)}` }
}

const keysOfPatient = (db: Db, patientId: string) =>
  db.select({ key: phoneKeys.key }).from(phoneKeys).where(eq(phoneKeys.patient_id, patientId))

/**
 * Who is called so, in either order; and, for a slip of the finger, who shares one whole name and the first two letters of
 * the other. One name alone is asked for too: see `withoutCommonName`.
 */
function namesakes(db: Db, { first_name, last_name }: Named): { same: Source[]; alike: Source[] } {
  const [first, last] = [fold(first_name), fold(last_name)]
  const whole = (name: string) => sql`${patients.folded_name} like ${`% ${escapeLike(name)} %`}`
  const start = (name: string) => sql`${patients.folded_name} like ${`% ${escapeLike(name.slice(0, 2))}%`}`
  if (first.length < 2 || last.length < 2) {
    const only = first.length > last.length ? first : last
    return { same: only.length > 2 ? [among(db, 'name', whole(only))] : [], alike: [] }
  }
  const alike = [and(whole(first), start(last))!, and(start(first), whole(last))!]
  return {
    same: [among(db, 'name', and(whole(first), whole(last))!)],
    alike: alike.map((condition) => ({ reason: 'name', people: slipped(db, condition, `${first} ${last}`) })),
  }
}

/** Of the first so many who may be meant, those whose whole name is much alike: two names may begin as one of them does. */
function slipped(db: Db, condition: SQL, name: string): SQL {
  const { id, folded_name } = patients
  const close = db.select({ id, folded_name }).from(patients).where(condition).limit(maxCompared).as('close')
  const alike = sql`similarity(${close.folded_name}, ${name}) >= 0.5`
  return sql`${db.select({ id: close.id }).from(close).where(alike).limit(maxPerReason)}`
}

type Found = Named & { id: string; birth_date: string | null; shares: Reason[] }

/** Those whom the actor may see, each once; nobody related to the patient who is being edited. */
async function peopleBehind(db: Db, sources: Source[], exceptId: string | undefined, by: Actor): Promise<Found[]> {
  if (!sources.length) return []
  const shared = sources.map(
    ({ reason, people }) => sql`select ${reason}::text as reason, id from ${people} as source (id)`,
  )
  const others = exceptId ? and(ne(patients.id, exceptId), notExists(relationsWith(db, exceptId))) : undefined
  const { rows } = await db.execute<Found>(sql`
    select ${patients.id}::text, ${patients.first_name}, ${patients.last_name}, ${patients.birth_date}::text,
           array_agg(distinct shared.reason) as shares
      from (${sql.join(shared, sql` union all `)}) shared join ${patients} on ${patients.id} = shared.id
     where ${and(others, visibleTo(by)) ?? sql`true`}
     group by ${patients.id}`)
  return rows
}

function merged(some: Found[], more: Found[]): Found[] {
  const known = new Set(some.map(({ id }) => id))
  return [...some, ...more.filter(({ id }) => !known.has(id))]
}

/** A birth date alone is shared by dozens, so it only adds to what else speaks for somebody. */
function weighed({ shares, birth_date }: Found, likeness: number, typed: Typed) {
  const isNamed = Boolean(fold(`${typed.first_name ?? ''} ${typed.last_name ?? ''}`))
  const reasons: Reason[] = [
    ...(['number', 'email'] as const).filter((reason) => shares.includes(reason)),
    ...(isNamed && likeness ? ['name' as const] : []),
  ]
  if (reasons.length && typed.birth_date && birth_date === typed.birth_date) reasons.push('birth_date')
  const weight = reasons.reduce((sum, reason) => sum + weights[reason], 0)
  return { reasons, weight: weight && weight + likeness }
}

/** One name alone says something when it is rare, and nothing when half the town has it. */
function withoutCommonName<T extends { reasons: Reason[] }>(ranked: T[], { first_name, last_name }: Named): T[] {
  if (fold(first_name) && fold(last_name)) return ranked
  const others = ranked.filter(({ reasons }) => reasons.some((reason) => reason !== 'name'))
  return ranked.length - others.length > maxCandidates ? others : ranked
}

const weights: Record<Reason, number> = { number: 4, email: 4, name: 3, birth_date: 3 }

function candidate(brief: Brief, reasons: Reason[]): CandidateView {
  const { id, birth_date, phone, home_phone, cell_phone, email, clinic, latest_case } = brief
  return {
    id,
    name: nameOf(brief),
    age: ageOf(birth_date),
    phone: phone ?? cell_phone ?? home_phone,
    email,
    clinic,
    latest_case,
    reasons,
  }
}

/** Somebody with the same number or e-mail address and a name much alike, whom nobody has called a relative. */
export async function possibleDuplicateOf(db: Db, patientId: string, by: Actor): Promise<string | null> {
  const { id, first_name, last_name, email } = patients
  const [self] = await db.select({ first_name, last_name, email }).from(patients).where(eq(id, patientId))
  if (!self) return null
  const address = self.email?.trim().toLowerCase()
  const sources = [withNumber(db, keysOfPatient(db, patientId)), ...(address ? [withAddress(db, address)] : [])]
  const others = await peopleBehind(db, sources, patientId, by)
  const [likest] = (await alikeAmong(db, self, others)).toSorted((a, b) => b.likeness - a.likeness)
  return likest?.id ?? null
}

/** What anybody wrote of a patient and the one at hand, on either page. */
const relationsWith = (db: Db, patientId: string) =>
  db
    .select({ id: relations.id })
    .from(relations)
    .where(
      or(
        and(eq(relations.patient_id, patientId), eq(relations.other_id, patients.id)),
        and(eq(relations.other_id, patientId), eq(relations.patient_id, patients.id)),
      ),
    )
