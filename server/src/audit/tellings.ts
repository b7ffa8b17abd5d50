import type { Told } from './outbox.ts'

type Traced = { action: string; id: string; before: object; changes: Record<string, { from: unknown; to: unknown }> }

/** What the outside hears of a trace; of most it hears nothing. */
export function toldOf(traced: Traced): Told[] {
  return tellings[traced.action]?.(traced) ?? []
}

const namesOf = ({ changes }: Traced) => Object.keys(changes).toSorted()
const toOf = ({ changes }: Traced, field: string) => changes[field]?.to

const aPatientChanged =
  (what: string) =>
  ({ id }: Traced): Told[] => [{ type: 'patient.updated', about: 'patient', id, data: { changed: [what] } }]

const tellings: Record<string, (traced: Traced) => Told[]> = {
  'case.created': ({ id }) => [{ type: 'case.created', about: 'case', id }],
  'case.changed': caseChanged,
  'case.deleted': ({ id }) => [{ type: 'case.deleted', about: 'case', id }],
  'note.added': (traced) => [
    { type: 'note.added', about: 'case', id: traced.id, data: { note_id: toOf(traced, 'note') } },
  ],
  'note.changed': (traced) => [
    { type: 'note.changed', about: 'case', id: traced.id, data: { note_id: toOf(traced, 'note') } },
  ],
  'patient.created': ({ id }) => [{ type: 'patient.created', about: 'patient', id }],
  'patient.changed': (traced) => [
    { type: 'patient.updated', about: 'patient', id: traced.id, data: { changed: namesOf(traced) } },
  ],
  'patient.number_changed': aPatientChanged('numbers'),
  'patient.consent_given': aPatientChanged('consents'),
  'patient.consent_withdrawn': aPatientChanged('consents'),
  'patient.relation_added': aPatientChanged('relations'),
  'patient.relation_removed': aPatientChanged('relations'),
  'call.linked': ({ id }) => [{ type: 'call.linked', about: 'call', id }],
  'call.wrapped_up': ({ id }) => [{ type: 'call.wrapped_up', about: 'call', id }],
  'callback.created': ({ id }) => [{ type: 'callback.created', about: 'callback', id }],
  'callback.changed': (traced) => [
    { type: 'callback.updated', about: 'callback', id: traced.id, data: { changed: namesOf(traced) } },
  ],
  // A try in vain is told of by whoever says when the next one is.
  'callback.tried': (traced) => {
    const result = toOf(traced, 'result')
    if (result !== 'reached' && result !== 'not_needed') return []
    return [{ type: 'callback.closed', about: 'callback', id: traced.id, data: { result } }]
  },
}

function caseChanged(traced: Traced): Told[] {
  const { id, before, changes } = traced
  const was_at = changes.clinic && (before as { clinic_id?: string }).clinic_id
  const updated: Told = { type: 'case.updated', about: 'case', id, data: { changed: namesOf(traced) }, was_at }
  if (!changes.status) return [updated]
  const { from, to } = changes.status
  return [updated, { type: 'case.status_changed', about: 'case', id, data: { from, to }, was_at }]
}
