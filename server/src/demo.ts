import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scopeNames } from '@clinicacrm/contract/permissions.ts'
import { eq, sql } from 'drizzle-orm'
import { insertKey } from './api-keys/api-keys.ts'
import { importBatch } from './cases/import.ts'
import { addClinic, clinicsFor } from './clinics/clinics.ts'
import { type Config, ConfigError } from './config.ts'
import { apiKeys, cases, consents, installation, patients, relations, statusChanges, users } from './db/schema.ts'
import { loadCalls } from './demo-calls.ts'
import { demoCases } from './demo-cases.ts'
import { demoClinics, demoPatients } from './demo-data.ts'
import {
  calendarOf,
  demoConsents,
  demoDetails,
  demoReasons,
  demoRelations,
  dueAround,
  guidesPatient,
} from './demo-details.ts'
import { demoColleagues, demoRoles } from './demo-people.ts'
import { hashKey, hintOf, newKey } from './http/key-format.ts'
import { foundOrganisation } from './organisation/organisation.ts'
import { allTreatments } from './treatments/treatments.ts'
import { addUser } from './users/users.ts'
import { inTransaction, type Work } from './work.ts'

/** Loads the demo data once, whole or not at all; refuses a database that holds anything else. */
export function loadDemo(work: Work): Promise<void> {
  return inTransaction(work, async (inside) => {
    const [state] = await inside.db.select().from(installation).for('update')
    // One that was loaded by an earlier version has no people yet, or no calls.
    if (state?.demo_loaded_at) return loadPeople(inside).then(() => loadCalls(inside))
    if ((await inside.db.$count(patients)) || (await inside.db.$count(cases))) {
      throw new ConfigError(
        'This database holds data of its own, so the demo will not touch it. Give the demo another DATA_DIR or DATABASE_URL.',
      )
    }
    await loadClinicsAndCases(inside)
    await loadPeople(inside)
    await inside.db.execute(moves)
    await loadCalls(inside)
    await inside.db.update(installation).set({ demo_loaded_at: sql`now()` })
  })
}

async function loadClinicsAndCases(work: Work) {
  const { db } = work
  // An attempt that failed leaves gaps in the sequences, and the guide's patient must have case 9.
  await db.execute(sql`alter table patients alter column id restart; alter table cases alter column id restart`)
  const clinicIds = new Map<string, string>()
  for (const { ...clinic } of demoClinics) clinicIds.set(clinic.name, (await addClinic(work, clinic)).id)
  const treatmentIds = new Map((await allTreatments(db)).map(({ name, id }) => [name, id]))
  const now = new Date()
  const calendar = calendarOf(now)
  const { patientIds } = await importBatch(work, {
    patients: demoPatients.map(({ clinic, ...person }, i) => ({
      ...person,
      ...demoDetails[i],
      clinic_id: clinicIds.get(clinic)!,
    })),
    cases: demoCases.map(({ patient, clinic, treatment, created_at, follow_up_date, notes, ...fields }, i) => {
      const today = calendar(patient)
      return {
        ...fields,
        ...demoReasons[fields.status],
        created_at: today(created_at),
        follow_up_date:
          follow_up_date && (patient === guidesPatient ? follow_up_date : dueAround(now, today(follow_up_date), i)),
        notes: notes.map((note) => ({ ...note, author: nameBehind(note.author), created_at: today(note.created_at) })),
        patient: patient - 1,
        clinic_id: clinicIds.get(clinic)!,
        treatment_id: treatment === null ? null : treatmentIds.get(treatment)!,
      }
    }),
  })
  const idOf = (patient: number) => patientIds[patient - 1]!
  const created_by = 'system'
  await db.insert(relations).values(
    demoRelations.map(({ patient, other, ...kin }) => ({
      ...kin,
      patient_id: idOf(patient),
      other_id: idOf(other),
      created_by,
    })),
  )
  await db
    .insert(consents)
    .values(demoConsents.map(({ patient, ...consent }) => ({ ...consent, patient_id: idOf(patient), actor: 'system' })))
}

/** Where a case stands, since when and by whom; bookings over the last nine days. The guide's case stays as it is printed. */
const moves = sql`insert into ${statusChanges} (case_id, from_status, to_status, actor, at)
  select c.id, 'NUOVO', c.status, coalesce('user:' || u.id, 'system'),
      case when c.status in ('APPUNTAMENTO', 'INTERVENTO_PROGRAMMATO') then now() - (c.id % 9) * interval '1 day'
        else coalesce(c.last_contact_at, c.created_at) end
    from ${cases} c left join ${users} u on u.email = c.assigned_to
   where c.status <> 'NUOVO' and c.id <> 9`

/** Notes name their authors by e-mail; people read names. */
const nameBehind = (address: string) =>
  [...demoRoles, ...demoColleagues].find(({ email }) => email === address)?.name ?? address

/** Whoever is missing, and whose organisation it is; people that somebody changed stay as they are. */
async function loadPeople(work: Work) {
  const { db, config } = work
  await foundOrganisation(work, { name: 'Centro Oculistico', country: 'IT', locale: config.defaultLocale })
  const ids = new Map((await clinicsFor(work)).map(({ name, id }) => [name, id]))
  const known = new Set((await db.select({ email: users.email }).from(users)).map(({ email }) => email))
  for (const { clinics, ...person } of [...demoRoles, ...demoColleagues]) {
    if (known.has(person.email)) continue
    const clinic_ids = clinics && clinics.flatMap((name) => ids.get(name) ?? [])
    await addUser(work, { ...person, clinic_ids, locale: config.defaultLocale })
  }
}

/** Makes `key` the demo's key, with every scope and the limit asked for. */
export async function installDemoKey(work: Work, key: string, limitPerMinute: number): Promise<void> {
  const values = {
    hash: hashKey(key),
    hint: hintOf(key),
    limit_per_minute: limitPerMinute,
    revoked_at: null,
    active: true,
    scopes: [...scopeNames],
  }
  const [known] = await work.db
    .update(apiKeys)
    .set(values)
    .where(eq(apiKeys.public_id, 'demo'))
    .returning({ id: apiKeys.id })
  if (known) return
  const made = { key, publicId: 'demo', hash: values.hash, hint: values.hint }
  await insertKey(work, made, {
    name: 'Demo',
    description: 'Every scope; works in the demo only.',
    scopes: scopeNames,
    limit_per_minute: limitPerMinute,
  })
}

const keyFile = (dataDir: string) => join(dataDir, 'demo-api-key')

/** The demo's key, if it has one yet. */
export function knownDemoKey({ demoKey, dataDir }: Pick<Config, 'demoKey' | 'dataDir'>): string | null {
  if (demoKey) return demoKey
  return existsSync(keyFile(dataDir)) ? readFileSync(keyFile(dataDir), 'utf8').trim() : null
}

/** `DEMO_API_KEY`, or one made at the first start and kept beside the data. */
export function demoKeyOf({ demoKey, dataDir }: Pick<Config, 'demoKey' | 'dataDir'>): string {
  const known = knownDemoKey({ demoKey, dataDir })
  if (known) return known
  const file = keyFile(dataDir)
  const { key } = newKey('test', `demo${randomBytes(2).toString('hex')}`)
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(file, `${key}\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
  return key
}
