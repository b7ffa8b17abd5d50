import type { Ask, Row } from '../db/fast.ts'

/** A rename anywhere shows here within 5 s, as a revoked key dies within 5 s. */
const trustMs = 4_000

export type Names = { clinic: ReadonlyMap<string, string>; treatment: ReadonlyMap<string, string> }

/**
 * The names of clinics and treatments, a handful that hardly ever changes: remembering them takes two joins, and a fifth of
 * PostgreSQL's work, off every lookup. An id that an answer needs and that is unknown is asked for at once.
 */
export function createNames(ask: Ask): (needed: Needed, deadline: number) => Promise<Names> {
  let known: Names = { clinic: new Map(), treatment: new Map() }
  let trustedUntil = -Infinity
  let asking: Promise<Names> | null = null

  return (needed, deadline) => {
    if (trustedUntil > performance.now() && covers(known, needed)) return Promise.resolve(known)
    asking ??= load(ask, deadline)
      .then((loaded) => {
        trustedUntil = performance.now() + trustMs
        return (known = loaded)
      })
      .finally(() => (asking = null))
    return asking
  }
}

type Needed = readonly { clinic_id: string | null; treatment_id: string | null }[]

const covers = ({ clinic, treatment }: Names, needed: Needed) =>
  needed.every(
    ({ clinic_id, treatment_id }) =>
      (clinic_id === null || clinic.has(clinic_id)) && (treatment_id === null || treatment.has(treatment_id)),
  )

async function load(ask: Ask, deadline: number): Promise<Names> {
  const text = `select 'clinic', id, name from clinics union all select 'treatment', id, name from treatments`
  const rows = await ask({ name: 'names', text, values: [] }, deadline)
  const named = (kind: string) => new Map(rows.filter((row) => row[0] === kind).map(idAndName))
  return { clinic: named('clinic'), treatment: named('treatment') }
}

const idAndName = (row: Row): [string, string] => [row[1]!, row[2]!]
