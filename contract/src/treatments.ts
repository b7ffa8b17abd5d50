import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { id, requiredText } from './fields.ts'

export const treatmentFields = z.strictObject({
  code: requiredText(40).meta({ description: 'Short and stable, e.g. `SMILE`.' }),
  name: requiredText(200).meta({ description: 'As the lookup shows it, e.g. `SMILE Surgery`.' }),
  area: z.enum(['refractive', 'cataract', 'aesthetic', 'dental', 'other']),
  active: z.boolean(),
})
export type TreatmentFields = z.infer<typeof treatmentFields>

export const treatmentView = treatmentFields.extend({ id }).meta({ id: 'Treatment' })

export const listTreatments = endpoint({
  name: 'listTreatments',
  method: 'GET',
  path: '/api/treatments',
  needs: 'treatments:read',
  tag: 'Settings',
  summary: 'The treatments cases can name',
  reply: z.object({ treatments: z.array(treatmentView) }),
})

export const createTreatment = endpoint({
  name: 'createTreatment',
  method: 'POST',
  path: '/api/treatments',
  needs: 'treatments:write',
  tag: 'Settings',
  summary: 'Add a treatment',
  body: treatmentFields.partial().required({ code: true, name: true }),
  examples: {
    body: {
      treatment: { summary: 'A treatment', value: { code: 'SMILE', name: 'SMILE Surgery', area: 'refractive' } },
    },
  },
  reply: treatmentView,
  status: 201,
  errors: ['already_exists'],
  idempotent: true,
})

export const saveTreatment = endpoint({
  name: 'saveTreatment',
  method: 'PATCH',
  path: '/api/treatments/:id',
  needs: 'treatments:write',
  tag: 'Settings',
  summary: 'Change a treatment',
  params: z.object({ id }),
  body: treatmentFields.partial(),
  examples: { body: { renamed: { summary: 'Another name', value: { name: 'SMILE Surgery' } } } },
  reply: treatmentView,
  errors: ['not_found', 'already_exists'],
})
