import { z } from 'zod'
import { callDirections, callEventKinds, callResults, callStates, callView, matchStates } from './calls.ts'
import { endpoint } from './endpoint.ts'
import { cursor, id, instant, instantOrDay, limit, oneOrMany, text } from './fields.ts'

export const linkCall = endpoint({
  name: 'linkCall',
  method: 'POST',
  path: '/api/calls/:id/link',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'Say whose call it is, or that it is nobody’s of those proposed',
  params: z.object({ id }),
  body: z.strictObject({
    patient_id: id.nullable(),
    case_id: id.nullable().optional(),
    version: z.int().optional(),
  }),
  reply: callView,
  errors: ['not_found', 'changed'],
})

/** Calls of a number that belonged to nobody, once a patient has that number. */
export const previewRelink = endpoint({
  name: 'previewRelink',
  method: 'GET',
  path: '/api/patients/:id/unlinked-calls',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'Earlier calls from the patient’s numbers that are nobody’s yet',
  params: z.object({ id }),
  reply: z.object({ calls: z.array(callView) }),
  errors: ['not_found'],
})

export const relinkCalls = endpoint({
  name: 'relinkCalls',
  method: 'POST',
  path: '/api/patients/:id/unlinked-calls',
  needs: 'calls:handle',
  tag: 'Calls',
  summary: 'Give earlier calls to the patient, or take them back',
  params: z.object({ id }),
  body: z.strictObject({
    call_ids: z.array(id).min(1).max(200),
    undo: z.boolean().default(false),
  }),
  reply: z.object({ count: z.int() }),
  errors: ['not_found'],
})

const callFilters = {
  state: oneOrMany(z.enum(callStates)).optional(),
  result: oneOrMany(z.enum(callResults)).optional(),
  direction: oneOrMany(z.enum(callDirections)).optional(),
  match: oneOrMany(z.enum(matchStates)).optional(),
  agent_id: oneOrMany(id).optional(),
  clinic: oneOrMany(text(200)).optional(),
  provider: oneOrMany(text(40)).optional(),
  patient_id: id.optional(),
  case_id: id.optional(),
  owed: z.enum(['true']).optional().meta({ description: 'Only calls whose wrap-up is owed.' }),
  pop: z
    .enum(['offered', 'shown', 'unseen'])
    .optional()
    .meta({ description: 'Calls that rang at an agent the CRM knows: all, those whose card was painted, the others.' }),
  search: text(100).optional().meta({ description: 'Digits of the number, or a name.' }),
  from: instantOrDay.optional(),
  to: instantOrDay.optional(),
}

export const listCalls = endpoint({
  name: 'listCalls',
  method: 'GET',
  path: '/api/calls',
  needs: 'calls:read',
  tag: 'Calls',
  summary: 'The call log, newest first',
  query: z.strictObject({ ...callFilters, cursor: cursor.optional(), limit }),
  reply: z.object({ calls: z.array(callView), next_cursor: z.string().nullable() }),
})

export const getCall = endpoint({
  name: 'getCall',
  method: 'GET',
  path: '/api/calls/:id',
  needs: 'calls:read',
  tag: 'Calls',
  summary: 'One call, with what happened to it',
  params: z.object({ id }),
  reply: callView.extend({
    events: z.array(z.object({ event: z.enum(callEventKinds), at: instant, agent: z.string().nullable() })),
    note: z.string().nullable(),
  }),
  errors: ['not_found'],
})

export const getRecording = endpoint({
  name: 'getRecording',
  method: 'GET',
  path: '/api/calls/:id/recording',
  needs: 'calls:listen',
  tag: 'Calls',
  summary: 'Where the platform keeps the recording of a call; asking leaves a trace',
  params: z.object({ id }),
  reply: z.object({ url: z.string() }),
  errors: ['not_found'],
})
