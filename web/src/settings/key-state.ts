import type { ApiKeyView } from '@clinicacrm/contract/api-keys.ts'

export type KeyState = 'revoked' | 'expired' | 'paused' | 'active'

/** Whether a key opens anything, and if not, why. */
export function stateOf({ revoked_at, expires_at, active }: ApiKeyView, now: Date): KeyState {
  if (revoked_at) return 'revoked'
  if (expires_at && new Date(expires_at) <= now) return 'expired'
  return active ? 'active' : 'paused'
}

/** What a key needs to be tried out: the address of something that it may ask. */
export function trialPath(scopes: readonly string[]): string {
  const known: Record<string, string> = {
    'lookup:read': '/api/lookup?phone=%2B3906%202222%204444',
    'cases:read': '/api/cases?limit=1',
    'cases:write': '/api/cases?limit=1',
    'patients:read': '/api/patients?limit=1',
    'patients:write': '/api/patients?limit=1',
    'settings:write': '/api/clinics',
    'keys:manage': '/api/api-keys',
    'metrics:read': '/api/metrics',
  }
  const scope = Object.keys(known).find((name) => scopes.includes(name))
  return known[scope ?? ''] ?? '/api/health'
}
