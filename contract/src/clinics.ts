import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { id, instant, requiredText, text } from './fields.ts'

// A name, never an offset: Intl and PostgreSQL read "+05:00" with opposite signs.
export const zone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z]/, 'must be a time zone such as Europe/Rome')
  .refine((name) => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
    } catch {
      return false
    }
  }, 'must be a time zone such as Europe/Rome')

export const clinicFields = z.strictObject({
  name: requiredText(200),
  code: requiredText(40),
  city: text(200).nullable(),
  address: text(400).nullable(),
  phone: text(200).nullable(),
  zone,
  locale: z.enum(['it', 'en', 'es']),
  active: z.boolean(),
})
export type ClinicFields = z.infer<typeof clinicFields>

export const clinicView = clinicFields.extend({ id, zone: z.string(), created_at: instant }).meta({ id: 'Clinic' })

export const listClinics = endpoint({
  name: 'listClinics',
  method: 'GET',
  path: '/api/clinics',
  needs: 'clinics:read',
  tag: 'Settings',
  summary: 'The clinics this key may see',
  reply: z.object({ clinics: z.array(clinicView) }),
})

export const createClinic = endpoint({
  name: 'createClinic',
  method: 'POST',
  path: '/api/clinics',
  needs: 'clinics:write',
  tag: 'Settings',
  summary: 'Add a clinic',
  body: clinicFields.partial().required({ name: true }),
  examples: {
    body: {
      clinic: {
        summary: 'A clinic',
        value: { name: 'Centro Oculistico Roma', city: 'Roma', zone: 'Europe/Rome', locale: 'it' },
      },
    },
  },
  reply: clinicView,
  status: 201,
  errors: ['already_exists'],
  idempotent: true,
})

export const saveClinic = endpoint({
  name: 'saveClinic',
  method: 'PATCH',
  path: '/api/clinics/:id',
  needs: 'clinics:write',
  tag: 'Settings',
  summary: 'Change a clinic',
  params: z.object({ id }),
  body: clinicFields.partial(),
  examples: { body: { closed: { summary: 'Closed for new cases', value: { active: false } } } },
  reply: clinicView,
  errors: ['not_found', 'already_exists'],
})
