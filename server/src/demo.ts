import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scopeNames } from '@clinicacrm/contract/permissions.ts'
import { eq, sql } from 'drizzle-orm'
import { insertKey } from './api-keys/api-keys.ts'
import { importBatch } from './cases/import.ts'
import { addClinic } from './clinics/clinics.ts'
import { type Config, ConfigError } from './config.ts'
import { apiKeys, cases, installation, patients } from './db/schema.ts'
import { demoCases } from './demo-cases.ts'
import { demoClinics, demoPatients } from './demo-data.ts'
import { hashKey, hintOf, newKey } from './http/key-format.ts'
import { allTreatments } from './treatments/treatments.ts'
import { inTransaction, type Work } from './work.ts'

/** Loads the demo data once, whole or not at all; refuses a database that holds anything else. */
export function loadDemo(work: Work): Promise<void> {
  return inTransaction(work, async (inside) => {
    const [state] = await inside.db.select().from(installation).for('update')
    if (state?.demo_loaded_at) return
    if ((await inside.db.$count(patients)) || (await inside.db.$count(cases))) {
      throw new ConfigError(
        'This database holds data of its own, so the demo will not touch it. Give the demo another DATA_DIR or DATABASE_URL.',
      )
    }
    await loadClinicsAndCases(inside)
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
  await importBatch(work, {
    patients: demoPatients.map(({ clinic, ...person }) => ({ ...person, clinic_id: clinicIds.get(clinic)! })),
    cases: demoCases.map(({ patient, clinic, treatment, ...fields }) => ({
      ...fields,
      patient: patient - 1,
      clinic_id: clinicIds.get(clinic)!,
      treatment_id: treatment === null ? null : treatmentIds.get(treatment)!,
    })),
  })
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

/** `DEMO_API_KEY`, or one made at the first start and kept beside the data. */
export function demoKeyOf({ demoKey, dataDir }: Pick<Config, 'demoKey' | 'dataDir'>): string {
  if (demoKey) return demoKey
  const file = join(dataDir, 'demo-api-key')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const { key } = newKey('test', `demo${randomBytes(2).toString('hex')}`)
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(file, `${key}\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
  return key
}
