import { phoneKeys } from '@clinicacrm/contract/phone.ts'
import type { dialledNumberFields, DialledNumberView } from '@clinicacrm/contract/telephony.ts'
import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { AppError, wrongFields } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { refusingDuplicates } from '../db/errors.ts'
import { clinics, dialledNumbers } from '../db/schema.ts'
import { inTransaction, type Work } from '../work.ts'
import { numberById, numbersFor, ownClinics } from './queries.ts'

type Given = z.output<typeof dialledNumberFields>
type Fields = { [F in keyof Given]?: Given[F] | undefined }

const taken = 'This number is in the list already.'
const notFound = () => new AppError('not_found', 'There is no number with this id.')

export const numbersOf = async ({ db, by }: Pick<Work, 'db' | 'by'>): Promise<DialledNumberView[]> =>
  (await numbersFor(db, by)).map(viewOf)

export function addNumber(work: Work, fields: Fields & { number: string }): Promise<DialledNumberView> {
  return inTransaction(work, async (inside) => {
    const values = { ...(await checked(inside, fields)), number: fields.number.trim(), key: keyOf(work, fields.number) }
    await mustBeOwn(inside, values.clinic_id ?? null)
    const [row] = await refusingDuplicates(taken, () =>
      inside.db.insert(dialledNumbers).values(values).returning({ id: dialledNumbers.id }),
    )
    const { id } = row!
    await record(inside, { action: 'dialled_number.created', subject: 'dialled_number', id, after: values })
    return viewOf((await numberById(inside.db, id, inside.by))!)
  })
}

export function saveNumber(work: Work, id: string, given: Fields & { version?: number | undefined }) {
  return inTransaction(work, async (inside) => {
    const { db, by } = inside
    const { version, ...fields } = given
    const before = await changeable(inside, id)
    if (version !== undefined && version !== before.version) throw changed()
    const { number } = fields
    const key = number === undefined ? {} : { number: number.trim(), key: keyOf(work, number) }
    const values = { ...(await checked(inside, fields)), ...key }
    if (values.clinic_id !== undefined) await mustBeOwn(inside, values.clinic_id)
    await refusingDuplicates(taken, () =>
      db
        .update(dialledNumbers)
        .set({ ...values, version: sql`${dialledNumbers.version} + 1` })
        .where(eq(dialledNumbers.id, id)),
    )
    await record(inside, { action: 'dialled_number.changed', subject: 'dialled_number', id, before, after: values })
    return viewOf((await numberById(db, id, by))!)
  })
}

export function removeNumber(work: Work, id: string): Promise<null> {
  return inTransaction(work, async (inside) => {
    const before = await changeable(inside, id)
    await inside.db.delete(dialledNumbers).where(eq(dialledNumbers.id, id))
    const after = { number: null }
    await record(inside, { action: 'dialled_number.removed', subject: 'dialled_number', id, before, after })
    return null
  })
}

const changed = () => new AppError('changed', 'Somebody else has changed this in between.')

/** A number of the whole installation is shown to everybody and changed by nobody who is limited to clinics. */
async function changeable({ db, by }: Work, id: string) {
  const [row] = await db
    .select()
    .from(dialledNumbers)
    .where(and(eq(dialledNumbers.id, id), ownClinics(by)))
    .for('update')
  if (!row) throw notFound()
  return row
}

async function mustBeOwn({ by }: Work, clinicId: string | null) {
  if (!by.clinicIds || (clinicId && by.clinicIds.includes(clinicId))) return
  throw wrongFields({ field: 'clinic_id', message: 'must be one of your clinics' })
}

async function checked({ db }: Work, { number: _, ...fields }: Fields): Promise<Omit<Partial<Given>, 'number'>> {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  if (!fields.clinic_id) return given
  const [clinic] = await db.select({ id: clinics.id }).from(clinics).where(eq(clinics.id, fields.clinic_id))
  if (!clinic) throw new AppError('not_found', 'There is no clinic with this id.')
  return given
}

function keyOf({ config }: Work, number: string): string {
  const [one, another] = phoneKeys(number, config.defaultCountry)
  if (one && !another) return one.key
  const message = one ? 'must be one number' : 'must be a phone number such as +39 06 5550 1000'
  throw wrongFields({ field: 'number', message })
}

/** `locale` is text in the table; only the contract's words are ever written. */
const viewOf = (row: Awaited<ReturnType<typeof numbersFor>>[number]): DialledNumberView => ({
  ...row,
  locale: row.locale as DialledNumberView['locale'],
})
