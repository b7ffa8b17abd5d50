import type { addIdentity as adding, IdentityView } from '@clinicacrm/contract/telephony.ts'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { AppError } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { refusingDuplicates } from '../db/errors.ts'
import { agentIdentities, users } from '../db/schema.ts'
import { inTransaction, type Work } from '../work.ts'
import { identitiesFor, identityById, managedBy, people, unknownNames } from './queries.ts'
import { agentsNamed, folded } from './telephony.ts'

type Fields = z.output<typeof adding.body & {}>

const taken = 'This name belongs to an agent of this platform already.'

/** Who is known to platforms by which name, and the names they lately used for nobody we know. */
export async function identitiesOf({ db, by }: Pick<Work, 'db' | 'by'>) {
  const [identities, unknown] = [await identitiesFor(db, by), await unknownNames(db, by)]
  const known = new Map<string, ReadonlyMap<string, string | null>>()
  for (const provider of new Set(unknown.map((row) => row.provider))) {
    const names = unknown.filter((row) => row.provider === provider).map(({ value }) => value)
    known.set(provider, await agentsNamed(db, provider, names))
  }
  const unknown_agents = unknown.filter(({ provider, value }) => !known.get(provider)?.get(value))
  return { identities: identities.map(viewOf), people: await people(db, by), unknown_agents }
}

export function addIdentity(work: Work, fields: Fields): Promise<IdentityView> {
  return inTransaction(work, async (inside) => {
    const { db, by } = inside
    const [user] = await db
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.id, fields.user_id), managedBy(by)))
    if (!user) throw new AppError('not_found', 'There is no user with this id.')
    const values = { ...fields, provider: fields.provider.trim(), value: folded(fields.value) }
    const [row] = await refusingDuplicates(taken, () =>
      db.insert(agentIdentities).values(values).returning({ id: agentIdentities.id }),
    )
    const { id } = row!
    await record(inside, { action: 'agent_identity.created', subject: 'agent_identity', id, after: values })
    return viewOf((await identityById(db, id, by))!)
  })
}

export function removeIdentity(work: Work, id: string): Promise<null> {
  return inTransaction(work, async (inside) => {
    const before = await identityById(inside.db, id, inside.by)
    if (!before) throw new AppError('not_found', 'There is no identity with this id.')
    await inside.db.delete(agentIdentities).where(eq(agentIdentities.id, id))
    const after = { user_id: null, provider: null, kind: null, value: null }
    await record(inside, { action: 'agent_identity.removed', subject: 'agent_identity', id, before, after })
    return null
  })
}

/** `kind` is text in the table; only the contract's words are ever written. */
const viewOf = (row: Awaited<ReturnType<typeof identitiesFor>>[number]): IdentityView => ({
  ...row,
  kind: row.kind as IdentityView['kind'],
})
