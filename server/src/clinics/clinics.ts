import type { ClinicFields } from '@clinicacrm/contract/clinics.ts'
import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import { AppError, wrongFields } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { refusingDuplicates } from '../db/errors.ts'
import { clinics } from '../db/schema.ts'
import { type Actor, inTransaction, type Work } from '../work.ts'

type Clinic = typeof clinics.$inferSelect
type Fields = { [F in keyof ClinicFields]?: ClinicFields[F] | undefined }

const taken = 'A clinic with this name or code exists.'

export function clinicsFor({ db, by }: Pick<Work, 'db' | 'by'>): Promise<Clinic[]> {
  return db.select().from(clinics).where(clinicsVisibleTo(by)).orderBy(asc(clinics.name))
}

/** A clinic by the name the lookup shows, or by its code; refused when unknown or not the actor's. */
export async function clinicNamed({ db, by }: Pick<Work, 'db' | 'by'>, name: string): Promise<Clinic> {
  const wanted = name.trim().toLowerCase()
  const [clinic] = await db
    .select()
    .from(clinics)
    .where(
      and(clinicsVisibleTo(by), or(sql`lower(${clinics.name}) = ${wanted}`, sql`lower(${clinics.code}) = ${wanted}`)),
    )
    .limit(1)
  if (clinic) return clinic
  const known = (await clinicsFor({ db, by })).map((row) => row.name)
  const message = `there is no clinic of this name; known: ${known.join(', ') || 'none yet'}`
  throw wrongFields({ field: 'clinic', message })
}

/** The only clinic the actor has, when there is exactly one. */
export async function soleClinicOf({ db, by }: Pick<Work, 'db' | 'by'>): Promise<Clinic | null> {
  const [first, second] = await db
    .select()
    .from(clinics)
    .where(and(clinicsVisibleTo(by), clinics.active))
    .limit(2)
  return first && !second ? first : null
}

export async function addClinic(work: Work, fields: Fields & { name: string }): Promise<Clinic> {
  if (work.by.clinicIds) throw new AppError('forbidden', 'A key limited to clinics cannot add one.')
  const code =
    fields.code ??
    fields.name
      .toUpperCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .slice(0, 40)
  const values = { ...fields, code, locale: fields.locale ?? work.config.defaultLocale }
  return inTransaction(work, async (inside) => {
    const [clinic] = await refusingDuplicates(taken, () =>
      inside.db
        .insert(clinics)
        .values(values as typeof clinics.$inferInsert)
        .returning(),
    )
    await record(inside, { action: 'clinic.created', subject: 'clinic', id: clinic!.id, after: values })
    return clinic!
  })
}

export async function saveClinic(work: Work, id: string, fields: Fields): Promise<Clinic> {
  return inTransaction(work, async (inside) => {
    const [before] = await inside.db
      .select()
      .from(clinics)
      .where(and(clinicsVisibleTo(work.by), eq(clinics.id, id)))
      .for('update')
    if (!before) throw new AppError('not_found', 'There is no clinic with this id.')
    if (!Object.keys(fields).length) return before
    const [clinic] = await refusingDuplicates(taken, () =>
      inside.db
        .update(clinics)
        .set(fields as Partial<Clinic>)
        .where(eq(clinics.id, id))
        .returning(),
    )
    await record(inside, { action: 'clinic.changed', subject: 'clinic', id, before, after: fields })
    return clinic!
  })
}

/** Clinics that are the actor's. */
export const clinicsVisibleTo = ({ clinicIds }: Actor) => (clinicIds ? inArray(clinics.id, [...clinicIds]) : undefined)
