import { and, eq, inArray, ne, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { patients, phoneKeys, relations } from '../db/schema.ts'
import type { Actor } from '../work.ts'
import { alikeAmong } from './likeness.ts'
import { visibleTo } from './queries.ts'

/** Somebody with the same number or e-mail address and a name much alike, whom nobody has called a relative. */
export async function possibleDuplicateOf(db: Db, patientId: string, by: Actor): Promise<string | null> {
  const { id, first_name, last_name, email } = patients
  const [self] = await db.select({ first_name, last_name, email }).from(patients).where(eq(id, patientId))
  if (!self) return null
  const others = await db
    .select({ id, first_name, last_name })
    .from(patients)
    .where(
      and(
        sql`${id} in (${reachedLike(db, patientId, self.email)})`,
        ne(id, patientId),
        notExists(relationsWith(db, patientId)),
        visibleTo(by),
      ),
    )
  const [likest] = (await alikeAmong(db, self, others)).sort((a, b) => b.likeness - a.likeness)
  return likest?.id ?? null
}

/** More people than this behind one number are a switchboard, not a household. */
const maxBehindOne = 50

/** Whoever has one of a patient's numbers or the e-mail address: by the key of `phone_keys` and the index on e-mail. */
function reachedLike(db: Db, patientId: string, email: string | null): SQL {
  const own = db.select({ key: phoneKeys.key }).from(phoneKeys).where(eq(phoneKeys.patient_id, patientId))
  const byNumber = db
    .select({ id: phoneKeys.patient_id })
    .from(phoneKeys)
    .where(inArray(phoneKeys.key, own))
    .limit(maxBehindOne)
  if (!email?.trim()) return sql`${byNumber}`
  const byEmail = db
    .select({ id: patients.id })
    .from(patients)
    .where(eq(sql`lower(${patients.email})`, email.trim().toLowerCase()))
    .limit(maxBehindOne)
  return sql`select * from ${byNumber} by_number union all select * from ${byEmail} by_email`
}

/** What anybody wrote of a patient and the one at hand, on either page. */
const relationsWith = (db: Db, patientId: string) =>
  db
    .select({ id: relations.id })
    .from(relations)
    .where(
      or(
        and(eq(relations.patient_id, patientId), eq(relations.other_id, patients.id)),
        and(eq(relations.other_id, patientId), eq(relations.patient_id, patients.id)),
      ),
    )
