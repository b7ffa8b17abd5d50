import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { id, instant, locale, newPassword, password, requiredText } from './fields.ts'
import { sessionView } from './session.ts'

export const saveProfile = endpoint({
  name: 'saveProfile',
  method: 'PATCH',
  path: '/api/profile',
  needs: 'signed_in',
  tag: 'People',
  summary: 'Change your name, language or preferences',
  body: z.strictObject({
    name: requiredText(200).optional(),
    locale: locale.optional(),
    preferences: z
      .record(z.string().max(60), z.unknown())
      .refine((value) => JSON.stringify(value).length <= 20_000, 'is too long')
      .optional()
      .meta({ description: 'Merged by key; null removes one.' }),
  }),
  reply: sessionView,
})

export const changePassword = endpoint({
  name: 'changePassword',
  method: 'POST',
  path: '/api/profile/password',
  needs: 'signed_in',
  tag: 'People',
  summary: 'Choose a new password; ends your other sessions',
  body: z.strictObject({ current_password: password, password: newPassword }),
  reply: z.void(),
  status: 204,
  errors: ['wrong_credentials', 'weak_password', 'too_many_requests'],
})

export const browserSession = z
  .object({
    id,
    current: z.boolean(),
    ip_address: z.string().nullable(),
    user_agent: z.string().nullable(),
    platform: z.string().nullable().meta({ description: 'The platform in whose frame it is, if it is in one.' }),
    created_at: instant,
    last_used_at: instant,
  })
  .meta({ id: 'BrowserSession' })

export const listSessions = endpoint({
  name: 'listSessions',
  method: 'GET',
  path: '/api/profile/sessions',
  needs: 'signed_in',
  tag: 'People',
  summary: 'Where you are signed in',
  reply: z.object({ sessions: z.array(browserSession) }),
})

export const endSession = endpoint({
  name: 'endSession',
  method: 'DELETE',
  path: '/api/profile/sessions/:id',
  needs: 'signed_in',
  tag: 'People',
  summary: 'Sign out another browser of yours',
  params: z.object({ id }),
  reply: z.void(),
  status: 204,
  errors: ['not_found'],
})

export const endOtherSessions = endpoint({
  name: 'endOtherSessions',
  method: 'DELETE',
  path: '/api/profile/sessions',
  needs: 'signed_in',
  tag: 'People',
  summary: 'Sign out everywhere else',
  reply: z.object({ ended: z.int() }),
})

export const startSecondFactor = endpoint({
  name: 'startSecondFactor',
  method: 'POST',
  path: '/api/profile/second-factor',
  needs: 'signed_in',
  tag: 'People',
  summary: 'Begin with an authenticator app: the secret to scan and the recovery codes, shown this once',
  body: z.strictObject({ password }),
  reply: z.object({ totp_uri: z.string(), secret: z.string(), recovery_codes: z.array(z.string()) }),
  errors: ['wrong_credentials', 'too_many_requests'],
})

export const confirmSecondFactor = endpoint({
  name: 'confirmSecondFactor',
  method: 'POST',
  path: '/api/profile/second-factor/confirm',
  needs: 'signed_in',
  tag: 'People',
  summary: 'A first code proves that the app works: from now on it is asked for',
  body: z.strictObject({ code: requiredText(20) }),
  reply: z.void(),
  status: 204,
  errors: ['wrong_code', 'too_many_requests'],
})

export const stopSecondFactor = endpoint({
  name: 'stopSecondFactor',
  method: 'DELETE',
  path: '/api/profile/second-factor',
  needs: 'signed_in',
  tag: 'People',
  summary: 'Do without the app; needs a password of 15 characters or more',
  body: z.strictObject({ password }),
  reply: z.void(),
  status: 204,
  errors: ['wrong_credentials', 'weak_password', 'too_many_requests'],
})

export const renewRecoveryCodes = endpoint({
  name: 'renewRecoveryCodes',
  method: 'POST',
  path: '/api/profile/second-factor/recovery-codes',
  needs: 'signed_in',
  tag: 'People',
  summary: 'New recovery codes; the old ones are void',
  body: z.strictObject({ password }),
  reply: z.object({ recovery_codes: z.array(z.string()) }),
  errors: ['wrong_credentials', 'too_many_requests'],
})
