import { z } from 'zod'
import { zone } from './clinics.ts'
import { endpoint } from './endpoint.ts'
import { email, id, instant, locale, newPassword, password, requiredText, text } from './fields.ts'
import { organisationView } from './organisation.ts'
import { permissions, roleNames } from './permissions.ts'
import { statusView } from './statuses.ts'

/** Who is signed in, what they may, and what every page needs. */
export const sessionView = z
  .object({
    user: z.object({
      id,
      name: z.string(),
      email: z.string(),
      role: z.enum(roleNames),
      locale,
      two_factor_enabled: z.boolean(),
      preferences: z.record(z.string(), z.unknown()),
    }),
    permissions: z.array(z.enum(permissions)),
    clinics: z.array(z.object({ id, name: z.string(), zone: z.string(), active: z.boolean() })),
    all_clinics: z.boolean(),
    statuses: z.array(statusView),
    organisation: organisationView,
    phones: z
      .array(z.object({ connector: z.string(), title: z.string() }))
      .meta({ description: 'Platforms that are set up to show their telephone in a page here; for who takes calls.' }),
    /** The session ends then unless it is used; and in any case at `ends_at`. */
    idle_ends_at: instant,
    ends_at: instant,
    demo: z.boolean(),
  })
  .meta({ id: 'Session' })
export type SessionView = z.infer<typeof sessionView>

export const getSession = endpoint({
  name: 'getSession',
  method: 'GET',
  path: '/api/session',
  needs: 'signed_in',
  tag: 'People',
  summary: 'Who you are and what you may',
  reply: sessionView,
})

/** What the pages before sign-in need. */
export const getFrontDoor = endpoint({
  name: 'getFrontDoor',
  method: 'GET',
  path: '/api/front-door',
  needs: 'public',
  tag: 'People',
  summary: 'Whether this installation is set up, what it is called, and the demo’s people',
  reply: z.object({
    set_up: z.boolean(),
    organisation: organisationView.pick({ name: true, accent: true, logo: true, locale: true }).nullable(),
    mail: z.boolean().meta({ description: 'Passwords can be reset by e-mail.' }),
    demo_people: z.array(z.object({ role: z.enum(roleNames), name: z.string(), email: z.string() })),
  }),
})

const signedIn = z.object({
  second_factor: z.boolean().meta({ description: 'A code is asked for next.' }),
  session: sessionView.nullable(),
})

export const signIn = endpoint({
  name: 'signIn',
  method: 'POST',
  path: '/api/session',
  needs: 'public',
  tag: 'People',
  summary: 'Sign in with e-mail and password',
  body: z.strictObject({ email, password }),
  reply: signedIn,
  errors: ['wrong_credentials', 'too_many_requests'],
})

export const signInToDemo = endpoint({
  name: 'signInToDemo',
  method: 'POST',
  path: '/api/session/demo',
  needs: 'public',
  tag: 'People',
  summary: 'Sign in as one of the demo’s people; in the demo only',
  body: z.strictObject({ role: z.enum(roleNames) }),
  reply: signedIn,
  errors: ['not_found'],
})

export const giveSecondFactor = endpoint({
  name: 'giveSecondFactor',
  method: 'POST',
  path: '/api/session/second-factor',
  needs: 'public',
  tag: 'People',
  summary: 'The code of an authenticator app, or a recovery code',
  body: z.strictObject({
    code: requiredText(40),
    kind: z.enum(['totp', 'recovery']).default('totp'),
    trust_device: z.boolean().default(false),
  }),
  reply: signedIn,
  errors: ['wrong_code', 'unauthorized', 'too_many_requests'],
})

export const signOut = endpoint({
  name: 'signOut',
  method: 'DELETE',
  path: '/api/session',
  needs: 'public',
  tag: 'People',
  summary: 'Sign out',
  reply: z.void(),
  status: 204,
})

export const setUp = endpoint({
  name: 'setUp',
  method: 'POST',
  path: '/api/set-up',
  needs: 'public',
  tag: 'People',
  summary: 'Create owner, organisation and first clinic, once, with the code that the terminal printed',
  body: z.strictObject({
    code: requiredText(40),
    name: requiredText(200),
    email,
    password: newPassword,
    organisation: requiredText(200),
    clinic: requiredText(200),
    city: text(200).nullable().optional(),
    country: z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two letters, such as IT'),
    zone,
    locale,
  }),
  reply: signedIn,
  status: 201,
  errors: ['wrong_code', 'already_set_up', 'weak_password', 'too_many_requests'],
})

export const forgotPassword = endpoint({
  name: 'forgotPassword',
  method: 'POST',
  path: '/api/password/forgotten',
  needs: 'public',
  tag: 'People',
  summary: 'Ask for a link to a new password; answers alike whether the address is known or not',
  body: z.strictObject({ email, locale: locale.optional() }),
  reply: z.void(),
  status: 204,
  errors: ['too_many_requests'],
})

export const resetPassword = endpoint({
  name: 'resetPassword',
  method: 'POST',
  path: '/api/password/reset',
  needs: 'public',
  tag: 'People',
  summary: 'Choose a new password with the token of the link; ends every session',
  body: z.strictObject({ token: requiredText(200), password: newPassword }),
  reply: z.void(),
  status: 204,
  errors: ['link_expired', 'weak_password', 'too_many_requests'],
})

export const getInvitation = endpoint({
  name: 'getInvitation',
  method: 'GET',
  path: '/api/invitation-links/:token',
  needs: 'public',
  tag: 'People',
  summary: 'What an invitation’s link says',
  params: z.object({ token: z.string().max(200) }),
  reply: z.object({ email: z.string(), name: z.string(), role: z.enum(roleNames), organisation: z.string(), locale }),
  errors: ['link_expired', 'too_many_requests'],
})

export const acceptInvitation = endpoint({
  name: 'acceptInvitation',
  method: 'POST',
  path: '/api/invitation-links/:token',
  needs: 'public',
  tag: 'People',
  summary: 'Join with a name and a password',
  params: z.object({ token: z.string().max(200) }),
  body: z.strictObject({ name: requiredText(200), password: newPassword, locale }),
  reply: signedIn,
  status: 201,
  errors: ['link_expired', 'weak_password', 'too_many_requests'],
})
