import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { email, id, instant, locale, requiredText } from './fields.ts'
import { roleNames } from './permissions.ts'

const clinicNames = z
  .array(requiredText(200))
  .min(1)
  .max(200)
  .nullable()
  .meta({ description: 'Clinic names; null means all.' })

const userFields = z.strictObject({
  name: requiredText(200),
  role: z.enum(roleNames),
  clinics: clinicNames,
  active: z.boolean(),
})

export const userView = userFields
  .extend({
    id,
    email: z.string(),
    locale,
    two_factor_enabled: z.boolean(),
    last_seen_at: instant.nullable(),
    created_at: instant,
    version: z.int(),
  })
  .meta({ id: 'User' })
export type UserView = z.infer<typeof userView>

export const invitationView = z
  .object({
    id,
    email: z.string(),
    name: z.string(),
    role: z.enum(roleNames),
    clinics: z.array(z.string()).nullable(),
    invited_by: z.string().nullable(),
    expires_at: instant,
    created_at: instant,
  })
  .meta({ id: 'Invitation' })
export type InvitationView = z.infer<typeof invitationView>

export const listColleagues = endpoint({
  name: 'listColleagues',
  method: 'GET',
  path: '/api/colleagues',
  needs: 'directory:read',
  tag: 'People',
  summary: 'Who can be assigned and mentioned',
  reply: z.object({
    colleagues: z.array(
      z.object({ id, name: z.string(), email: z.string(), role: z.enum(roleNames), active: z.boolean() }),
    ),
  }),
})

export const listUsers = endpoint({
  name: 'listUsers',
  method: 'GET',
  path: '/api/users',
  needs: 'users:manage',
  tag: 'People',
  summary: 'Users and open invitations',
  reply: z.object({ users: z.array(userView), invitations: z.array(invitationView) }),
})

export const saveUser = endpoint({
  name: 'saveUser',
  method: 'PATCH',
  path: '/api/users/:id',
  needs: 'users:manage',
  tag: 'People',
  summary: 'Change a user’s name, role or clinics, or shut them out; never beyond your own rights',
  params: z.object({ id }),
  body: userFields.partial().extend({ version: z.int().optional() }),
  reply: userView,
  errors: ['not_found', 'changed'],
})

/** A link is handed over by the administrator where no mail server is configured. */
const sent = z.object({ invitation: invitationView, mailed: z.boolean(), link: z.string().nullable() })

export const inviteUser = endpoint({
  name: 'inviteUser',
  method: 'POST',
  path: '/api/invitations',
  needs: 'users:manage',
  tag: 'People',
  summary: 'Invite somebody by e-mail; the link works for seven days',
  body: z.strictObject({
    email,
    name: requiredText(200),
    role: z.enum(roleNames),
    clinics: clinicNames,
    locale: locale.optional(),
  }),
  reply: sent,
  status: 201,
  errors: ['already_exists'],
})

export const renewInvitation = endpoint({
  name: 'renewInvitation',
  method: 'POST',
  path: '/api/invitations/:id/renew',
  needs: 'users:manage',
  tag: 'People',
  summary: 'Send a new link; the old one is void',
  params: z.object({ id }),
  reply: sent,
  errors: ['not_found'],
})

export const revokeInvitation = endpoint({
  name: 'revokeInvitation',
  method: 'DELETE',
  path: '/api/invitations/:id',
  needs: 'users:manage',
  tag: 'People',
  summary: 'Take an invitation back',
  params: z.object({ id }),
  reply: z.void(),
  status: 204,
  errors: ['not_found'],
})

export const resetSecondFactor = endpoint({
  name: 'resetSecondFactor',
  method: 'DELETE',
  path: '/api/users/:id/second-factor',
  needs: 'users:manage',
  tag: 'People',
  summary: 'For somebody who lost phone and recovery codes: takes the second factor away and ends their sessions',
  params: z.object({ id }),
  reply: z.void(),
  status: 204,
  errors: ['not_found'],
})

export const sendPasswordLink = endpoint({
  name: 'sendPasswordLink',
  method: 'POST',
  path: '/api/users/:id/password-link',
  needs: 'users:manage',
  tag: 'People',
  summary: 'For somebody who forgot their password: a link to a new one, by e-mail or to hand over',
  params: z.object({ id }),
  reply: z.object({ mailed: z.boolean(), link: z.string().nullable() }),
  errors: ['not_found'],
})
