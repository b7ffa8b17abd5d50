import { z } from 'zod'

/** Identities are bigint in the database and strings on the wire (`"9"`); 18 digits always fit a bigint. */
export const id = z
  .string()
  .regex(/^[1-9]\d{0,17}$/, 'must be an id such as "9"')
  .meta({ examples: ['9'] })

/** What leaves: microseconds and a numeric offset, as the guide prints it. */
export const instant = z
  .string()
  .meta({ format: 'date-time', examples: ['2025-07-08T16:57:06.836704+00:00'], description: 'ISO 8601, microseconds' })

const instantMessage = 'must be an ISO 8601 instant with an offset, such as 2025-07-08T16:57:06+02:00'

/** What enters: an instant with an offset. Years outside 1900–2199 are typing mistakes, not appointments. */
export const instantInput = z.iso
  .datetime({ offset: true, error: instantMessage })
  .refine((text) => /^(19|20|21)/.test(text), instantMessage)

/** A day without a time means its first moment in the clinic's zone. */
export const instantOrDay = z.union(
  [instantInput, z.iso.date().refine((text) => /^(19|20|21)/.test(text), instantMessage)],
  { error: `${instantMessage}, or a day such as 2025-07-08` },
)

/** Text a person may type. PostgreSQL cannot keep a NUL, so it is refused here, by name. */
export const text = (max: number) =>
  z
    .string()
    .max(max, `must have at most ${max} characters`)
    .refine((value) => !value.includes('\0'), 'must not contain the NUL character')

export const requiredText = (max: number) => text(max).refine((value) => value.trim() !== '', 'must not be blank')

/** A calendar day, `1984-03-12`. */
export const day = z.iso.date({ error: 'must be a day such as 1984-03-12' })

/** One value or several, in a query string as `status=NUOVO&status=IN_CORSO`. */
export const oneOrMany = <T extends z.ZodType>(item: T) =>
  z.union([item.transform((value) => [value]), z.array(item).min(1).max(100)])

export const locale = z.enum(['it', 'en', 'es'])

export const email = z.email('must be an e-mail address').max(254)

/** Length is all that is asked here; the server refuses common ones and those that hold a name. */
export const newPassword = z.string().min(8, 'must have at least 8 characters').max(256)
export const password = z.string().min(1).max(256)

/** Opaque position in a list; ask for the next page with the `next_cursor` of the last one. */
export const cursor = z.string().max(600).meta({ description: 'The `next_cursor` of the page before.' })
export const limit = z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'Rows on a page.' })

/** Something the writer should look at, though the write went through. */
export const warning = z.object({ field: z.string(), message: z.string() }).meta({ id: 'Warning' })
export const warnings = z.array(warning)
