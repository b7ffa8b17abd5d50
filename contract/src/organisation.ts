import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { locale, requiredText } from './fields.ts'

export const organisationView = z
  .object({
    name: z.string(),
    country: z.string(),
    locale,
    accent: z.string().nullable(),
    logo: z.string().nullable().meta({ description: 'A picture as a data: URL.' }),
    version: z.int(),
  })
  .meta({ id: 'Organisation' })
export type OrganisationView = z.infer<typeof organisationView>

export const saveOrganisation = endpoint({
  name: 'saveOrganisation',
  method: 'PATCH',
  path: '/api/organisation',
  needs: 'organisation:write',
  tag: 'Settings',
  summary: 'Change name, logo, accent colour, country or language',
  body: z.strictObject({
    name: requiredText(200).optional(),
    accent: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #0f766e')
      .nullable()
      .optional(),
    logo: z
      .string()
      .max(150_000, 'must be a picture of at most 100 kB')
      .regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/, 'must be a PNG, JPEG or WebP picture')
      .nullable()
      .optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be a country code of two letters, such as IT')
      .optional(),
    locale: locale.optional(),
    version: z.int().optional(),
  }),
  reply: organisationView,
  errors: ['changed'],
})
