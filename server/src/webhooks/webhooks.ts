import { webhookEventNames } from '@clinicacrm/contract/webhook-events.ts'
import { type OutgoingProblem, type WebhookFields, type WebhookView } from '@clinicacrm/contract/webhooks.ts'
import { eq, sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import { clinicNamed } from '../clinics/clinics.ts'
import { webhooks } from '../db/schema.ts'
import type { Outgoing } from '../http/outgoing.ts'
import type { Seals } from '../http/sealed.ts'
import { inTransaction, type Work } from '../work.ts'
import { countActive, lockedWebhook, webhookById } from './queries.ts'
import { newWebhookSecret } from './sign.ts'

export { startDelivering } from './deliver.ts'

export type WebhookWork = Work & { seals: Seals; outgoing: Outgoing }
type Fields = { [F in keyof WebhookFields]?: WebhookFields[F] | undefined }

/** Each is a few connections at a time for every process. */
const mostActive = 50

export const noSuchWebhook = () => new AppError('not_found', 'There is no webhook with this id.')

/** Registers one and returns it with its secret, which nobody can read again. */
export async function createWebhook(
  work: WebhookWork,
  fields: Fields & Pick<WebhookFields, 'url' | 'events'>,
): Promise<WebhookView & { secret: string }> {
  await refuseAddress(work, fields.url)
  return inTransaction(work, async (inside) => {
    if (fields.active !== false) await refuseTooMany(inside)
    const secret = newWebhookSecret()
    const given = await valuesOf(inside, fields)
    const own = work.by.clinicIds && [...work.by.clinicIds]
    const values = { clinic_ids: own, ...given, url: fields.url, events: given.events!, created_by: work.by.actor }
    const [row] = await inside.db
      .insert(webhooks)
      .values({ ...values, ...kept(work, secret) })
      .returning({ id: webhooks.id })
    await record(inside, { action: 'webhook.created', subject: 'webhook', id: row!.id, after: values })
    return { ...(await shown(inside, row!.id)), secret }
  })
}

/** `active: true` lets one go on that was stopped; what waited then is sent. */
export async function saveWebhook(
  work: WebhookWork,
  id: string,
  { version, ...fields }: Fields & { version?: number | undefined },
): Promise<WebhookView> {
  if (fields.url !== undefined) await refuseAddress(work, fields.url)
  return inTransaction(work, async (inside) => {
    const before = await known(inside, id)
    if (version !== undefined && version !== before.version)
      throw new AppError('changed', 'Somebody else has changed this in between.')
    if (fields.active && !before.active) await refuseTooMany(inside)
    const values = await valuesOf(inside, fields)
    const after = { ...values, ...(values.active !== undefined && { stopped_because: null }) }
    if (Object.keys(after).length > 0) {
      await inside.db
        .update(webhooks)
        .set({ ...after, version: sql`${webhooks.version} + 1` })
        .where(eq(webhooks.id, id))
      await record(inside, { action: 'webhook.changed', subject: 'webhook', id, before, after })
    }
    return shown(inside, id)
  })
}

/** A new secret; the old one signs as well for `overlapHours`, while the receiver is given the new one. */
export function rotateWebhookSecret(
  work: WebhookWork,
  id: string,
  overlapHours: number,
): Promise<WebhookView & { secret: string }> {
  return inTransaction(work, async (inside) => {
    const before = await known(inside, id)
    const secret = newWebhookSecret()
    const after = kept(work, secret)
    await inside.db
      .update(webhooks)
      .set({
        ...after,
        previous_secret: overlapHours > 0 ? before.secret : null,
        previous_valid_until: overlapHours > 0 ? sql`now() + ${overlapHours} * interval '1 hour'` : null,
        version: sql`${webhooks.version} + 1`,
      })
      .where(eq(webhooks.id, id))
    const { hint } = after
    await record(inside, { action: 'webhook.rotated', subject: 'webhook', id, before, after: { hint } })
    return { ...(await shown(inside, id)), secret }
  })
}

export function removeWebhook(work: WebhookWork, id: string): Promise<void> {
  return inTransaction(work, async (inside) => {
    const before = await known(inside, id)
    await inside.db.delete(webhooks).where(eq(webhooks.id, id))
    await record(inside, {
      action: 'webhook.removed',
      subject: 'webhook',
      id,
      before,
      after: { url: null, hint: null },
    })
  })
}

async function known({ db, by }: Work, id: string) {
  const row = await lockedWebhook(db, id, by)
  if (!row) throw noSuchWebhook()
  return row
}

async function shown({ db, by }: Work, id: string): Promise<WebhookView> {
  return (await webhookById(db, id, by)) as WebhookView
}

async function refuseTooMany({ db }: Work) {
  if ((await countActive(db)) < mostActive) return
  throw new AppError('invalid_request', `There are ${mostActive} active webhooks already: stop or remove one first.`)
}

const kept = ({ seals }: WebhookWork, secret: string) => ({ secret: seals.seal(secret), hint: secret.slice(-4) })

/** Only what the table holds; nobody has more told than they may see. */
async function valuesOf(work: Work, { clinics, ...fields }: Fields) {
  if (clinics === null && work.by.clinicIds)
    throw new AppError('forbidden', 'clinics: who is limited to clinics cannot have every clinic told.')
  const clinic_ids = clinics && (await idsOf(work, clinics))
  const events = fields.events && webhookEventNames.filter((name) => fields.events!.includes(name))
  const description = fields.description === undefined ? undefined : fields.description?.trim() || null
  const defined = Object.entries({ ...fields, description, events, clinic_ids }).filter(([, v]) => v !== undefined)
  return Object.fromEntries(defined) as Partial<typeof webhooks.$inferInsert>
}

/** One after the other, as they share the transaction's connection. */
async function idsOf(work: Work, names: string[]) {
  const ids: string[] = []
  for (const name of names) ids.push((await clinicNamed(work, name)).id)
  return [...new Set(ids)]
}

const refusals: Record<OutgoingProblem, string> = {
  scheme: 'must begin with https://',
  credentials: 'must hold no user name or password',
  port: 'must be on port 443, or on one from 1024 up',
  address: 'must be at a public address; the operator may allow others with OUTGOING_ALLOWED_HOSTS',
}

/** Before the transaction: a name server may take its time. It is checked again whenever something is sent. */
async function refuseAddress({ outgoing }: WebhookWork, url: string) {
  const problem = await outgoing.problemOf(url)
  if (!problem) return
  const fields = [{ field: 'url', message: refusals[problem] }]
  throw new AppError('invalid_request', `url: ${refusals[problem]}`, { fields, problem })
}
