/**
 * Every expected refusal, with its HTTP status and the `error` title callers see. The wire shape is the guide's
 * `{"error", "message"}`; `code` follows them, except on the bodies that the guide prints word for word.
 */
export const errors = {
  phone_required: { status: 400, error: 'Phone number is required' },
  phone_invalid: { status: 400, error: 'Invalid phone number' },
  invalid_request: { status: 400, error: 'Invalid request' },
  invalid_json: { status: 400, error: 'Invalid JSON' },
  unauthorized: { status: 401, error: 'Unauthorized' },
  wrong_credentials: { status: 401, error: 'Wrong credentials' },
  wrong_code: { status: 401, error: 'Wrong code' },
  https_required: { status: 403, error: 'HTTPS required' },
  forbidden: { status: 403, error: 'Forbidden' },
  not_found: { status: 404, error: 'Not found' },
  case_deleted: { status: 410, error: 'Case deleted' },
  link_expired: { status: 410, error: 'Link expired' },
  method_not_allowed: { status: 405, error: 'Method not allowed' },
  request_timeout: { status: 408, error: 'Request timeout' },
  case_changed: { status: 409, error: 'Case changed' },
  patient_changed: { status: 409, error: 'Patient changed' },
  note_changed: { status: 409, error: 'Note changed' },
  changed: { status: 409, error: 'Changed in between' },
  move_not_offered: { status: 409, error: 'Move not offered' },
  already_set_up: { status: 409, error: 'Already set up' },
  already_exists: { status: 409, error: 'Already exists' },
  payload_too_large: { status: 413, error: 'Payload too large' },
  unsupported_media_type: { status: 415, error: 'Unsupported media type' },
  weak_password: { status: 422, error: 'Weak password' },
  idempotency_key_reused: { status: 422, error: 'Idempotency key reused' },
  too_many_requests: { status: 429, error: 'Too many requests' },
  headers_too_large: { status: 431, error: 'Request header fields too large' },
  internal: { status: 500, error: 'Internal error' },
  unavailable: { status: 503, error: 'Service temporarily unavailable' },
} as const satisfies Record<string, { status: number; error: string }>
export type ErrorCode = keyof typeof errors

/** Codes whose body the guide prints exactly; nothing may be added to it. */
export const verbatim: ReadonlySet<ErrorCode> = new Set(['phone_required', 'unauthorized'])
