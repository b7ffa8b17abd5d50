/* Asks ClínicaCRM who calls. Private: only the Functions beside it reach it, and only the environment holds the key. */

type Context = Readonly<Record<string, string | undefined>>
type Asked = Readonly<Record<string, unknown>>
/** All that Twilio is told. A name or a treatment stays in ClínicaCRM. */
type Answer = {
  found: 'true' | 'false'
  /** Only where all cases of the number are one person’s. */
  case_id?: string
  /** Leads to the case, to the people who share the number, or to a new case; after signing in. */
  url: string
  reason?: 'not_found' | 'withheld' | 'internal' | 'several' | 'refused' | 'busy' | 'unavailable'
}
type Reply = {
  found?: boolean
  case_id?: string
  reason?: 'withheld' | 'internal'
  people_count?: number
}

const crmUrl = '__crm_url__'
/** A caller waits meanwhile. */
const patienceMs = 2_000

/** Whatever goes wrong is an answer: no call ends up in an error branch for it. */
async function lookUp(context: Context, asked: Asked): Promise<Answer> {
  const [phone, call_id, called] = [textOf(asked['phone']), textOf(asked['call_id']), textOf(asked['called'])]
  const query = new URLSearchParams({ provider: 'twilio-flex', ...(call_id && { call_id }), ...(phone && { phone }) })
  const url = `${crmUrl}/pop?${query.toString()}`
  const nothing = (reason: NonNullable<Answer['reason']>): Answer => ({ found: 'false', reason, url })
  if (phone === '') return nothing('withheld')
  try {
    const response = await fetch(`${crmUrl}/api/lookup?on_missing=200`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': context['CRM_API_KEY'] ?? '' },
      body: JSON.stringify({
        phone,
        provider: 'twilio-flex',
        ...(call_id && { conversation_id: call_id }),
        ...(called && { called }),
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    })
    if (response.status === 401 || response.status === 403) return nothing('refused')
    if (response.status === 429) return nothing('busy')
    if (!response.ok) return nothing('unavailable')
    const reply = (await response.json()) as Reply
    if (reply.found !== true || !reply.case_id) return nothing(reply.reason ?? 'not_found')
    if (reply.people_count !== 1) return { ...nothing('several'), found: 'true' }
    return { found: 'true', case_id: String(reply.case_id), url }
  } catch {
    return nothing('unavailable')
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, 200) : '')

exports.lookUp = lookUp
