import type { OrganisationView } from '@clinicacrm/contract/organisation.ts'
import { sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import type { Config, Locale } from '../config.ts'
import type { Db } from '../db/client.ts'
import { organisation } from '../db/schema.ts'
import { inTransaction, type Work } from '../work.ts'

type Names = Pick<Config, 'defaultCountry' | 'defaultLocale'>
export type OrganisationFields = {
  [F in 'name' | 'country' | 'locale' | 'accent' | 'logo']?: OrganisationView[F] | undefined
}

/** Whom this installation serves; until that is said, ourselves. One row, by its key. */
export async function organisationOf(db: Db, config: Names): Promise<OrganisationView> {
  return (await savedOrganisation(db)) ?? nameless(config)
}

/** Null until somebody set it up. */
export async function savedOrganisation(db: Db): Promise<OrganisationView | null> {
  const [row] = await db.select(columns).from(organisation)
  return row ? viewOf(row) : null
}

/** Said once, by the set-up page or the demo; nothing when it is there already. */
export async function foundOrganisation(
  { db, by }: Pick<Work, 'db' | 'by'>,
  fields: OrganisationFields & Pick<OrganisationView, 'name' | 'country' | 'locale'>,
): Promise<void> {
  const values = fields as typeof organisation.$inferInsert
  const [made] = await db.insert(organisation).values(values).onConflictDoNothing().returning()
  if (made)
    await record({ db, by }, { action: 'organisation.created', subject: 'organisation', id: '1', after: fields })
}

export function saveOrganisation(
  work: Work,
  fields: OrganisationFields,
  version: number | undefined,
): Promise<OrganisationView> {
  return inTransaction(work, async (inside) => {
    const [row] = await inside.db.select(columns).from(organisation).for('update')
    const before = row ? viewOf(row) : nameless(work.config)
    if (version !== undefined && version !== before.version) {
      throw new AppError('changed', 'Somebody saved the organisation in between.', { current: before })
    }
    const after = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
    if (!Object.keys(after).length) return before
    const { version: _, ...known } = before
    const [saved] = await inside.db
      .insert(organisation)
      .values({ ...known, ...after })
      .onConflictDoUpdate({
        target: organisation.only,
        set: { ...after, version: sql`${organisation.version} + 1`, updated_at: sql`now()` },
      })
      .returning(columns)
    await record(inside, {
      action: 'organisation.changed',
      subject: 'organisation',
      id: '1',
      before: traced(before),
      after: traced(after),
    })
    return viewOf(saved!)
  })
}

const columns = {
  name: organisation.name,
  country: organisation.country,
  locale: organisation.locale,
  accent: organisation.accent,
  logo: organisation.logo,
  version: organisation.version,
}

/** `locale` is text in the table; only the contract's words are ever written. */
const viewOf = (row: Omit<OrganisationView, 'locale'> & { locale: string }): OrganisationView => ({
  ...row,
  locale: row.locale as Locale,
})

const nameless = ({ defaultCountry, defaultLocale }: Names): OrganisationView => ({
  name: 'ClínicaCRM',
  country: defaultCountry,
  locale: defaultLocale,
  accent: null,
  logo: null,
  version: 0,
})

/** That there is another picture is a trace; the picture itself would fill the table. */
const traced = ({ logo, ...fields }: OrganisationFields) => ({
  ...fields,
  ...(logo !== undefined && { logo: logo && `${logo.length} characters` }),
})
