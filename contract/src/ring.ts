import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './fields.ts'

/** How a call can go that somebody lets ring at themselves. */
export const ringScenarios = ['known', 'household', 'unknown', 'withheld', 'transfer', 'missed', 'voicemail'] as const
export type RingScenario = (typeof ringScenarios)[number]

export const ringMyself = endpoint({
  name: 'ringMyself',
  method: 'POST',
  path: '/api/demo/ring',
  needs: 'signed_in',
  tag: 'Calls',
  summary: 'Let a call ring at yourself; in the demo only',
  description: 'It goes on by itself, as people would. Whoever lets another one ring hangs up the one before.',
  body: z.strictObject({ scenario: z.enum(ringScenarios).default('known') }),
  reply: z.object({
    id: id.meta({ description: 'The call.' }),
    from: z.string().meta({ description: 'Who calls.' }),
    delivered: z.boolean().meta({ description: 'A page of yours was told; in a transfer, later.' }),
  }),
  errors: ['not_found'],
})
