import type { InvitationView } from '@clinicacrm/contract/users.ts'
import type { acceptInvitation as declared } from '@clinicacrm/contract/session.ts'
import { hashPassword } from 'better-auth/crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Role } from '@clinicacrm/contract/permissions.ts'
import { AppError } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import type { Locale } from '../config.ts'
import { invitations, users } from '../db/schema.ts'
import type { Caller } from '../http/caller.ts'
import { organisationOf } from '../organisation/organisation.ts'
import type { Work } from '../work.ts'
import { type Browser, type House, workOf } from './house.ts'
import { invitationLetter } from './letters.ts'
import { refuseWeak, storePassword } from './passwords.ts'
import { invitationView, type InvitationRow, isOpen, openInvitations } from './queries.ts'
import { personActor, type SignedIn, startSession } from './sign-in.ts'
import { hashToken, newToken } from './tokens.ts'
import { addUser, idsOf, oneAtATime, refuseBeyond } from './users.ts'

type Given = { email: string; name: string; role: Role; clinics: string[] | null; locale?: Locale | undefined }
type Sent = { invitation: InvitationView; mailed: boolean; link: string | null }

const inAWeek = sql`now() + interval '7 days'`
const notFound = () => new AppError('not_found', 'There is no open invitation with this id.')

/** The letter goes out after the invitation is kept: without a mail server, or one that works, the link is handed over. */
export async function inviteUser(house: House, by: Caller, given: Given): Promise<Sent> {
  const token = newToken()
  const row = await house.db.transaction(async (db) => {
    const work = workOf(house, db, by)
    await oneAtATime(db)
    const { name, role, clinics } = given
    const email = given.email.trim().toLowerCase()
    const rights = { role, clinic_ids: await idsOf(work, clinics) }
    refuseBeyond(by, rights)
    await refuseKnown(work, email)
    const values = { email, name, ...rights, locale: given.locale ?? house.config.defaultLocale, invited_by: by.id }
    const [made] = await db
      .insert(invitations)
      .values({ ...values, token_hash: hashToken(token), expires_at: inAWeek })
      .returning({ id: invitations.id })
    await record(work, { action: 'invitation.created', subject: 'invitation', id: made!.id, after: values })
    return invitationById(work, made!.id)
  })
  return deliver(house, row, token)
}

/** A new link, from whoever renews it; the old one is void. */
export async function renewInvitation(house: House, by: Caller, id: string): Promise<Sent> {
  const token = newToken()
  const row = await house.db.transaction(async (db) => {
    const work = workOf(house, db, by)
    await lockedInvitation(work, id)
    await db
      .update(invitations)
      .set({ token_hash: hashToken(token), expires_at: inAWeek, invited_by: by.id })
      .where(eq(invitations.id, id))
    await record(work, { action: 'invitation.renewed', subject: 'invitation', id })
    return invitationById(work, id)
  })
  return deliver(house, row, token)
}

export function revokeInvitation(house: House, by: Caller, id: string): Promise<void> {
  return house.db.transaction(async (db) => {
    const work = workOf(house, db, by)
    await lockedInvitation(work, id)
    await db
      .update(invitations)
      .set({ revoked_at: sql`now()` })
      .where(eq(invitations.id, id))
    await record(work, { action: 'invitation.revoked', subject: 'invitation', id })
  })
}

/** What the page of the link shows. */
export async function invitationFor(house: House, browser: Browser, token: string) {
  const { email, name, role, locale } = await byToken(house, browser, token)
  const organisation = (await organisationOf(house.db, house.config)).name
  return { email, name, role: role as Role, organisation, locale: locale as Locale }
}

type Joining = z.output<NonNullable<typeof declared.body>>

/** Once: of many at the same time, one joins. */
export async function acceptInvitation(
  house: House,
  browser: Browser,
  token: string,
  { name, password, locale }: Joining,
): Promise<SignedIn> {
  const { email } = await byToken(house, browser, token)
  await refuseWeak(house.db, house.config, password, { name, email })
  const hash = await house.hashing(() => hashPassword(password))
  return house.db.transaction(async (db) => {
    await oneAtATime(db)
    const [taken] = await db
      .update(invitations)
      .set({ accepted_at: sql`now()` })
      .where(holds(token))
      .returning()
    if (!taken) throw expired()
    const by = { actor: `invitation:${taken.id}`, name: '', clinicIds: null }
    const rights = { role: taken.role as Role, clinic_ids: taken.clinic_ids }
    const user = await addUser(workOf(house, db, by), { email, name, locale, ...rights })
    await storePassword(db, user.id, password, hash)
    const work = workOf(house, db, personActor(user.id))
    await record(work, { action: 'invitation.accepted', subject: 'invitation', id: taken.id })
    return startSession(house, db, browser, user.id, 'invitation')
  })
}

function byToken({ db, tries }: House, browser: Browser, token: string) {
  return tries.links.guard(browser, async () => {
    const [invitation] = await db.select().from(invitations).where(holds(token))
    if (!invitation) throw expired()
    return invitation
  })
}

const holds = (token: string) =>
  and(isOpen, eq(invitations.token_hash, hashToken(token)), sql`${invitations.expires_at} > now()`)

const expired = () =>
  new AppError('link_expired', 'This invitation was used, taken back or has run out: ask for a new one.')

/** Whoever has an account, or an invitation that is still open, needs no second one. */
async function refuseKnown({ db }: Work, email: string) {
  if (await db.$count(users, eq(users.email, email)))
    throw new AppError('already_exists', 'A user with this e-mail address exists.')
  if (await db.$count(invitations, and(isOpen, eq(invitations.email, email))))
    throw new AppError(
      'already_exists',
      'There is an open invitation for this address: renew it, or take it back first.',
    )
}

async function lockedInvitation({ db, by }: Work, id: string) {
  await oneAtATime(db)
  const [row] = await openInvitations(db, by, eq(invitations.id, id))
  if (!row) throw notFound()
  refuseBeyond(
    by,
    row as { role: Role; clinic_ids: string[] | null },
    'This invitation gives rights that you do not have.',
  )
}

async function invitationById({ db, by }: Work, id: string): Promise<InvitationRow> {
  const [row] = await openInvitations(db, by, eq(invitations.id, id))
  return row!
}

async function deliver({ db, config, mail }: House, row: InvitationRow, token: string): Promise<Sent> {
  const locale = row.locale as Locale
  const link = `${config.publicUrl}/${locale}/invitation/${token}`
  const organisation = (await organisationOf(db, config)).name
  const { email: to, name } = row
  const letter = { to, locale, name, organisation, invitedBy: row.invited_by ?? organisation, url: link }
  const mailed = mail !== null && (await mail.send(invitationLetter(letter)))
  return { invitation: invitationView(row), mailed, link: mailed ? null : link }
}
