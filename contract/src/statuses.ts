import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { statusClasses } from './lifecycle.ts'

export const statusView = z
  .object({
    code: z.string(),
    class: z.enum(statusClasses),
    position: z.int(),
    label_it: z.string(),
    label_en: z.string(),
    label_es: z.string(),
    hidden: z.boolean(),
  })
  .meta({ id: 'Status' })
export type StatusView = z.infer<typeof statusView>

export const listStatuses = endpoint({
  name: 'listStatuses',
  method: 'GET',
  path: '/api/statuses',
  needs: 'clinics:read',
  tag: 'Settings',
  summary: 'The statuses of the lifecycle, in order, with their labels',
  reply: z.object({ statuses: z.array(statusView) }),
})
