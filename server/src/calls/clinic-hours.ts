import type { ClinicHours } from '@clinicacrm/contract/clinic-hours.ts'
import { and, eq, sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { clinicsVisibleTo } from '../clinics/clinics.ts'
import type { Db } from '../db/client.ts'
import { clinicHours, clinics } from '../db/schema.ts'
import { type Actor, inTransaction, type Work } from '../work.ts'
import { usualHours } from './hours.ts'

export type OpenClinic = { hours: ClinicHours; zone: string }

/** When people of this clinic may be called; where no clinic is known, as at the first one. By primary keys. */
export async function hoursOf(db: Db, clinicId: string | null): Promise<OpenClinic> {
  const [row] = await db
    .select({ zone: clinics.zone, hours: clinicHours })
    .from(clinics)
    .leftJoin(clinicHours, eq(clinicHours.clinic_id, clinics.id))
    .where(clinicId ? eq(clinics.id, clinicId) : undefined)
    .orderBy(clinics.id)
    .limit(1)
  return row ? { hours: shown(row.hours), zone: row.zone } : { hours: usualHours, zone: 'UTC' }
}

/** The same, refused when the clinic is none of the actor's. */
export async function hoursOfOwn(db: Db, clinicId: string, by: Actor): Promise<OpenClinic> {
  const [own] = await db
    .select({ id: clinics.id })
    .from(clinics)
    .where(and(eq(clinics.id, clinicId), clinicsVisibleTo(by)))
  if (!own) throw new AppError('not_found', 'There is no clinic with this id.')
  return hoursOf(db, clinicId)
}

export function saveHours(work: Work, clinicId: string, hours: ClinicHours): Promise<ClinicHours> {
  return inTransaction(work, async (inside) => {
    const { hours: before } = await hoursOfOwn(inside.db, clinicId, inside.by)
    const values = { ...hours, updated_at: sql`now()` }
    await inside.db
      .insert(clinicHours)
      .values({ clinic_id: clinicId, ...values })
      .onConflictDoUpdate({ target: clinicHours.clinic_id, set: values })
    await record(inside, { action: 'clinic.hours_changed', subject: 'clinic', id: clinicId, before, after: hours })
    return hours
  })
}

function shown(row: typeof clinicHours.$inferSelect | null): ClinicHours {
  if (!row) return usualHours
  const { opening, quiet_before, quiet_after, holidays } = row
  return { opening, quiet_before, quiet_after, holidays } as ClinicHours
}
