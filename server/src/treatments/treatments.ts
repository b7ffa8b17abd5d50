import type { TreatmentFields } from '@clinicacrm/contract/treatments.ts'
import { asc, eq, or, sql } from 'drizzle-orm'
import { AppError, wrongFields } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import type { Db } from '../db/client.ts'
import { refusingDuplicates } from '../db/errors.ts'
import { treatments } from '../db/schema.ts'
import { inTransaction, type Work } from '../work.ts'

type Treatment = typeof treatments.$inferSelect
type Fields = { [F in keyof TreatmentFields]?: TreatmentFields[F] | undefined }

const taken = 'A treatment with this name or code exists.'

export function allTreatments(db: Db): Promise<Treatment[]> {
  return db.select().from(treatments).orderBy(asc(treatments.area), asc(treatments.name))
}

/** A treatment by name or code, whatever the case of its letters; refused when unknown. */
export async function treatmentNamed(db: Db, name: string): Promise<Treatment> {
  const wanted = name.trim().toLowerCase()
  const [treatment] = await db
    .select()
    .from(treatments)
    .where(or(sql`lower(${treatments.name}) = ${wanted}`, sql`lower(${treatments.code}) = ${wanted}`))
    .limit(1)
  if (treatment) return treatment
  const known = (await allTreatments(db)).map((row) => row.name)
  const message = `there is no treatment of this name; known: ${known.join(', ')}`
  throw wrongFields({ field: 'treatment', message })
}

export async function addTreatment(work: Work, fields: Fields & { code: string; name: string }): Promise<Treatment> {
  return inTransaction(work, async (inside) => {
    const [treatment] = await refusingDuplicates(taken, () =>
      inside.db
        .insert(treatments)
        .values(fields as typeof treatments.$inferInsert)
        .returning(),
    )
    await record(inside, { action: 'treatment.created', subject: 'treatment', id: treatment!.id, after: fields })
    return treatment!
  })
}

export async function saveTreatment(work: Work, id: string, fields: Fields): Promise<Treatment> {
  return inTransaction(work, async (inside) => {
    const [before] = await inside.db.select().from(treatments).where(eq(treatments.id, id)).for('update')
    if (!before) throw new AppError('not_found', 'There is no treatment with this id.')
    if (!Object.keys(fields).length) return before
    const [treatment] = await refusingDuplicates(taken, () =>
      inside.db
        .update(treatments)
        .set(fields as Partial<Treatment>)
        .where(eq(treatments.id, id))
        .returning(),
    )
    await record(inside, { action: 'treatment.changed', subject: 'treatment', id, before, after: fields })
    return treatment!
  })
}
