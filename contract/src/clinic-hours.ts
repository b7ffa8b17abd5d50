import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { day, id, text } from './fields.ts'

/** `09:00`. */
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as 09:00')
const span = z.strictObject({ from: clock, to: clock }).refine(({ from, to }) => from < to, 'must end after it begins')

/** When a clinic is open, when nobody is called, and the days it is closed. */
export const clinicHours = z
  .strictObject({
    opening: z.array(z.array(span).max(4)).length(7).meta({ description: 'Monday first; no span means closed.' }),
    quiet_before: clock.meta({ description: 'Nobody is called earlier.' }),
    quiet_after: clock.meta({ description: 'Nobody is called later.' }),
    holidays: z.array(z.strictObject({ day, label: text(100).default('') })).max(200),
  })
  .meta({ id: 'ClinicHours' })
export type ClinicHours = z.infer<typeof clinicHours>

export const getClinicHours = endpoint({
  name: 'getClinicHours',
  method: 'GET',
  path: '/api/clinics/:id/hours',
  needs: 'clinics:read',
  tag: 'Settings',
  summary: 'When a clinic is open, and when nobody is called',
  params: z.object({ id }),
  reply: clinicHours,
  errors: ['not_found'],
})

export const saveClinicHours = endpoint({
  name: 'saveClinicHours',
  method: 'PUT',
  path: '/api/clinics/:id/hours',
  needs: 'clinics:write',
  tag: 'Settings',
  summary: 'Set when a clinic is open, and when nobody is called',
  params: z.object({ id }),
  body: clinicHours,
  reply: clinicHours,
  errors: ['not_found'],
})
