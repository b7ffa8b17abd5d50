import { type Ask, type FastQuery, type Row, unavailable } from '../db/fast.ts'
import { createNames, type Names } from './names.ts'

/** What a lookup asks: a match key, and whose cases may answer. */
export type Question = { key: string; ext: string | null; clinicIds: readonly string[] | null }
/**
 * What stands behind a number. `cases` holds the newest ten, newest first; `count` all. `patients` are theirs, and those
 * without a case, as far as ten rows tell.
 */
export type Matches = { cases: MatchedCase[]; count: number; patientKnown: boolean; patients: string[] }
export type MatchedCase = {
  case_id: string
  patient_id: string
  status: string
  clinic: string
  treatment: string | null
  disposition: string | null
  outcome: string | null
  created_at: string
  follow_up_date: string | null
  first_name: string
  last_name: string
  phone: string | null
  home_phone: string | null
  cell_phone: string | null
  email: string | null
}

const maxMatches = 10
/** More callers than this waiting for the database means it cannot keep up: the next is told so at once. */
const maxWaiting = 2_000
const maxTogether = 128
/** One statement at work and one on its way keep both processors busy; more would only wait in PostgreSQL. */
const maxStatements = 2

const columns = `c.id, k.patient_id, c.status, c.clinic_id, c.treatment_id, c.disposition, c.outcome, c.created_at,
  c.follow_up_date, p.first_name, p.last_name, p.phone, p.home_phone, p.cell_phone, p.email`

/**
 * One caller's question: the number by `phone_keys`' primary key, its patients' living cases by `cases_of_patient`, the
 * newest ten of them. A patient without a case gives one row without a case. Runs on every ring.
 */
const matchesFor = (key: string, ext: string, clinics: string) => `
  select count(c.id) over () as total, (${clinics} is null or p.clinic_id = any (${clinics})) as registered, ${columns}
    from phone_keys k
    join patients p on p.id = k.patient_id
    left join cases c on c.patient_id = k.patient_id and c.deleted_at is null
         and (${clinics} is null or c.clinic_id = any (${clinics}))
   where k.key = ${key} and (${ext} is null or k.exts is null or ${ext} = any (k.exts))
   order by c.created_at desc nulls last, c.id desc, registered desc
   limit ${maxMatches}`

const matchesOfOne = matchesFor('$1::text', '$2::text', '$3::bigint[]')
/** The same for everybody who waits. A lateral join runs its right side per caller, so each one's rows keep their order. */
const matchesOfMany = `
  select m.*, q.n
    from unnest($1::text[], $2::text[], $3::text[]) with ordinality as q (key, ext, clinics, n)
    cross join lateral (${matchesFor('q.key', 'q.ext', 'q.clinics::bigint[]')}) as m`

type Waiting = {
  question: Question
  resolve: (matches: Matches) => void
  reject: (error: unknown) => void
  deadline: number
}

/**
 * Answers questions about numbers, asking the database once for all that arrive in the same turn of the event loop:
 * under load a statement's cost is shared by everybody who waits, alone it is the cost of one.
 */
export function createMatcher(ask: Ask) {
  const namesOf = createNames(ask)
  let waiting: Waiting[] = []
  let statements = 0
  let scheduled = false
  let lastTogether = 1

  return function matchesOf(question: Question, deadline: number): Promise<Matches> {
    if (waiting.length >= maxWaiting) return Promise.reject(unavailable())
    const { promise, resolve, reject } = Promise.withResolvers<Matches>()
    waiting.push({ question, resolve, reject, deadline })
    // Whoever comes alone, after one who came alone, need not wait for company.
    if (statements === 0 && lastTogether === 1) flush()
    else if (!scheduled) {
      scheduled = true
      setImmediate(flush)
    }
    return promise
  }

  function flush() {
    scheduled = false
    while (waiting.length && statements < maxStatements) {
      const together = waiting.slice(0, maxTogether)
      waiting = waiting.slice(maxTogether)
      lastTogether = together.length
      statements++
      void answer(together).finally(() => {
        statements--
        flush()
      })
    }
  }

  async function answer(together: Waiting[]) {
    try {
      const deadline = Math.max(...together.map((one) => one.deadline))
      const answers = together.map((): Matches => ({ cases: [], count: 0, patientKnown: false, patients: [] }))
      const questions = together.map(({ question }) => question)
      const rows = await ask(together.length === 1 ? askOne(questions[0]!) : askMany(questions), deadline)
      const names = await namesOf(rows.map(idsToName), deadline)
      for (const row of rows) addRow(answers[Number(row[callerColumn] ?? 1) - 1]!, row, names)
      together.forEach(({ resolve }, i) => resolve(answers[i]!))
    } catch (error) {
      for (const { reject } of together) reject(error)
    }
  }
}

/** Alone, a question needs no arrays: that is a fifth less for PostgreSQL to do. */
const askOne = ({ key, ext, clinicIds }: Question): FastQuery => ({
  name: 'matches_of_one',
  text: matchesOfOne,
  values: [key, ext, clinicIds],
})

const askMany = (questions: Question[]): FastQuery => ({
  name: 'matches_of_many',
  text: matchesOfMany,
  values: [
    questions.map(({ key }) => key),
    questions.map(({ ext }) => ext),
    // An array of arrays must be rectangular, so each caller's clinics travel as text.
    questions.map(({ clinicIds }) => clinicIds && `{${clinicIds.join(',')}}`),
  ],
})

/** Where the columns of a case begin, and where the caller's number stands when many asked. */
const caseColumn = 2
const callerColumn = caseColumn + 15

const idsToName = (row: Row) => ({ clinic_id: row[caseColumn + 3]!, treatment_id: row[caseColumn + 4]! })

function addRow(answer: Matches, row: Row, names: Names) {
  answer.count = Number(row[0])
  answer.patientKnown ||= row[1] === 't'
  const patientId = row[caseColumn + 1]!
  if ((row[1] === 't' || row[caseColumn] !== null) && !answer.patients.includes(patientId))
    answer.patients.push(patientId)
  if (row[caseColumn] !== null) answer.cases.push(caseOf(row.slice(caseColumn), names))
}

function caseOf(columns: Row, names: Names): MatchedCase {
  const [
    case_id,
    patient_id,
    status,
    clinicId,
    treatmentId,
    disposition,
    outcome,
    created_at,
    follow_up_date,
    ...person
  ] = columns as string[]
  const [first_name, last_name, phone, home_phone, cell_phone, email] = person
  const clinic = names.clinic.get(clinicId!)
  const treatment = names.treatment.get(treatmentId!) ?? null
  const kase = { case_id, patient_id, status, clinic, treatment, disposition, outcome, created_at, follow_up_date }
  return { ...kase, first_name, last_name, phone, home_phone, cell_phone, email } as MatchedCase
}

/** What was said about a call within the last hour: by primary key. */
export async function conversation(
  ask: Ask,
  call: { provider: string; conversation_id: string; keyId: string },
  deadline: number,
) {
  const [row] = await ask(
    {
      name: 'lookup_conversation',
      text: `select phone, case_id from lookup_conversations
        where provider = $1 and conversation_id = $2 and api_key_id = $3 and at > now() - interval '1 hour'`,
      values: [call.provider, call.conversation_id, call.keyId],
    },
    deadline,
  )
  return row ? { phone: row[0]!, caseId: row[1] ?? null } : null
}
