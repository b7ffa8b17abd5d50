/** What the window that signs in hands to the frame that opened it. */
export type Handover = { kind: typeof kind; state: string; ticket: string }

const kind = 'clinicacrm.frame_ticket'

export const handoverOf = (state: string, ticket: string): Handover => ({ kind, state, ticket })

/** Any page may send messages to a frame: only the window that it opened, on our own site, brings a ticket. */
export function ticketIn(
  { origin, source, data }: Pick<MessageEvent<unknown>, 'origin' | 'source' | 'data'>,
  expected: { origin: string; source: unknown; state: string },
): string | null {
  if (origin !== expected.origin || source === null || source !== expected.source) return null
  if (typeof data !== 'object' || data === null) return null
  const { kind: said, state, ticket } = data as Partial<Handover>
  return said === kind && state === expected.state && typeof ticket === 'string' ? ticket : null
}

export type Secret = { verifier: string; challenge: string; state: string }

/** The verifier never leaves the frame before the ticket is spent; the window is told its SHA-256. */
export async function newSecret(): Promise<Secret> {
  const verifier = random()
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return { verifier, challenge: base64url(new Uint8Array(digest)), state: random() }
}

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)))

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
