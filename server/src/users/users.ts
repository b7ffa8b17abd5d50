import type { Role } from '@clinicacrm/contract/permissions.ts'
import { record } from '../audit/audit.ts'
import type { Locale } from '../config.ts'
import { refusingDuplicates } from '../db/errors.ts'
import { users } from '../db/schema.ts'
import { inTransaction, type Work } from '../work.ts'

export type NewUser = {
  email: string
  name: string
  role: Role
  clinic_ids: string[] | null
  locale: Locale
}

/** Adds somebody who may sign in; what they prove themselves by is added apart. */
export function addUser(work: Work, { email, ...fields }: NewUser): Promise<{ id: string; email: string }> {
  const values = { ...fields, email: email.trim().toLowerCase(), email_verified: true }
  return inTransaction(work, async (inside) => {
    const [user] = await refusingDuplicates('A user with this e-mail address exists.', () =>
      inside.db.insert(users).values(values).returning({ id: users.id, email: users.email }),
    )
    await record(inside, { action: 'user.created', subject: 'user', id: user!.id, after: values })
    return user!
  })
}
