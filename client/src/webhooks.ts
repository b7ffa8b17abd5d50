const encoder = new TextEncoder()

export type WebhookHeaders = Headers | Record<string, string | readonly string[] | undefined>

export type Verified =
  | { kind: 'genuine'; id: string; sentAt: Date; event: unknown }
  /**
   * `incomplete`: a header is missing or unreadable. `wrong_signature`: not signed with this secret, or changed on the way.
   * `old`: sent longer ago than the tolerance, so perhaps recorded and played again. `not_json`: signed, and no JSON.
   */
  | { kind: 'refused'; reason: 'incomplete' | 'wrong_signature' | 'old' | 'not_json' }

export type VerifyOptions = {
  /** How far the sender’s clock and ours may differ. 300 unless said. */
  toleranceSeconds?: number
}

/**
 * Whether a webhook came from the CRM, by its Standard Webhooks signature. `body` must be what arrived, byte for byte: not
 * parsed and written again. While a secret is being renewed, give both. Throws only where a secret is none.
 */
export async function verifyWebhook(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secret: string | readonly string[],
  { toleranceSeconds = 300 }: VerifyOptions = {},
): Promise<Verified> {
  const keys = await Promise.all([secret].flat().map(keyOf))
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(headers, name),
  )
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return refused('incomplete')
  const bytes = typeof body === 'string' ? encoder.encode(body) : body
  const signed = joined(encoder.encode(`${id}.${timestamp}.`), bytes)
  if (!(await isSigned(signed, signatures, keys))) return refused('wrong_signature')
  const seconds = Number(timestamp)
  if (Math.abs(Date.now() / 1000 - seconds) > toleranceSeconds) return refused('old')
  try {
    const event: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return { kind: 'genuine', id, sentAt: new Date(seconds * 1000), event }
  } catch {
    return refused('not_json')
  }
}

const refused = (reason: Extract<Verified, { kind: 'refused' }>['reason']): Verified => ({ kind: 'refused', reason })

function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = bytesIn(secret.replace(/^whsec_/, ''))
  if (!bytes || bytes.byteLength < 16) throw new TypeError('secret: as the CRM shows it, whsec_ and what follows.')
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
}

/** One good signature of several is enough: the others belong to a secret that is being renewed. */
async function isSigned(signed: Uint8Array<ArrayBuffer>, signatures: string, keys: CryptoKey[]): Promise<boolean> {
  // More than these nobody sends; each costs a computation.
  const given = signatures.split(' ', 10).flatMap((one) => (one.startsWith('v1,') ? [bytesIn(one.slice(3))] : []))
  for (const key of keys)
    for (const signature of given)
      if (signature && (await crypto.subtle.verify('HMAC', key, signature, signed))) return true
  return false
}

function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const found = Object.keys(headers).find((key) => key.toLowerCase() === name)
  const value = found === undefined ? undefined : headers[found]
  return typeof value === 'string' || value === undefined ? value : value[0]
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.byteLength + second.byteLength)
  both.set(first)
  both.set(second, first.byteLength)
  return both
}

/** Undefined where it is no base64. */
function bytesIn(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}
