/** What a webhook can be told of, by what it is about, each with what happened. */
export const webhookEvents = {
  'case.created': 'A case was opened.',
  'case.updated': 'Fields of a case changed, the status among them: `changed` names them.',
  'case.status_changed': 'A case went from one status to another: `from` and `to` are their codes.',
  'case.deleted': 'A case was taken out of lists and lookups.',
  'note.added': 'A note was written on a case.',
  'note.changed': 'Who wrote a note changed it.',
  'patient.created': 'A patient was registered.',
  'patient.updated': 'A patient changed: `changed` names fields, or `numbers`, `consents`, `relations`.',
  'call.ringing': 'A call began to ring.',
  'call.answered': 'Somebody answered a call.',
  'call.ended': 'A call is over, however it ended: `result` is `answered`, `missed` or `voicemail`.',
  'call.missed': 'An incoming call is over and nobody answered it; `call.ended` is told as well.',
  'call.linked': 'A person said whose call it was, or that it is nobody’s.',
  'call.wrapped_up': 'An agent said what a call came to.',
  'callback.created': 'Somebody waits to be called back, after a call in vain or because it was promised.',
  'callback.updated': 'A callback was moved, given to somebody or tried in vain.',
  'callback.closed': 'Somebody waits no longer: `result` says why.',
} as const
export type WebhookEvent = keyof typeof webhookEvents

export const webhookEventNames = Object.keys(webhookEvents) as [WebhookEvent, ...WebhookEvent[]]

/** Sent when somebody presses the button; nobody subscribes to it. */
export const testEvent = 'webhook.test' as const
