import type { ConnectContactFlowEvent, ConnectContactFlowHandler } from 'aws-lambda'

/*
 * Asks ClínicaCRM who is calling, for a flow of Amazon Connect (response validation STRING_MAP). It answers in flat text
 * and never fails: what went wrong is in `error`, and the flow goes on. A CommonJS module without packages of its own, as
 * CloudFormation takes it inline.
 *
 * Environment: CLINICACRM_SECRET_ARN (a secret of Secrets Manager) or CLINICACRM_API_KEY, a key with the scope
 * lookup:read; CLINICACRM_URL where the address below is not the right one.
 */

type Answer = Record<string, string>

/** For the CRM, second tries included: whoever calls hears silence meanwhile. */
const patienceMs = 2_500
const secretPatienceMs = 1_500
/** What a flow needs to route by, and no more: neither names nor treatments get into Amazon's records. */
const told = ['found', 'case_id', 'screen_pop_url', 'match_count', 'people_count', 'reason']

const handler: ConnectContactFlowHandler = async (event) => {
  const startedAt = Date.now()
  let answer: Answer
  try {
    answer = await answerTo(event)
  } catch {
    answer = failed('failed')
  }
  // Ids and verdicts: no number is ever logged.
  const { found, reason, error } = answer
  const contact_id = event.Details?.ContactData?.ContactId
  const ms = Date.now() - startedAt
  process.stdout.write(`${JSON.stringify({ event: 'lookup', contact_id, found, reason, error, ms })}\n`)
  return answer
}

async function answerTo({ Details: { ContactData, Parameters } }: ConnectContactFlowEvent): Promise<Answer> {
  const phone = textOf(Parameters?.['phone']) ?? textOf(ContactData.CustomerEndpoint?.Address)
  // A chat has no number.
  if (phone === null) return { found: 'false', reason: 'no_number' }
  const called = textOf(Parameters?.['called']) ?? textOf(ContactData.SystemEndpoint?.Address)
  const asked = {
    phone,
    ...(called !== null && { called }),
    provider: 'amazon-connect',
    conversation_id: ContactData.ContactId,
    format: 'flat',
    on_missing: '200',
  }
  const key = await keyOf()
  if (key === null) return failed('no_key')
  const signal = AbortSignal.timeout(patienceMs)
  const said = await ask(asked, key, signal)
  if (said.status !== 401) return read(said)
  // The key may have been renewed since it was read.
  keptKey = null
  const renewed = await keyOf()
  return renewed === null || renewed === key ? read(said) : read(await ask(asked, renewed, signal))
}

/** Nothing for what the flow left empty, or did not fill in. */
function textOf(value: string | null | undefined): string | null {
  const text = value?.trim() ?? ''
  return text === '' || text.startsWith('$.') ? null : text
}

type Said = { status: number | 'timeout' | 'unreachable'; body: Record<string, unknown> | null }

async function ask(asked: object, key: string, signal: AbortSignal): Promise<Said> {
  const address = `${(process.env['CLINICACRM_URL'] || '__crm_url__').replace(/\/+$/, '')}/api/lookup`
  const request: RequestInit = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify(asked),
    // The key is for one address only.
    redirect: 'manual',
    signal,
  }
  return (await tried(address, request)) ?? (await tried(address, request)) ?? { status: 'unreachable', body: null }
}

/** Null where there was no answer at all: only then is asking again any use. */
async function tried(address: string, request: RequestInit): Promise<Said | null> {
  try {
    const response = await fetch(address, request)
    return { status: response.status, body: (await response.json().catch(() => null)) as Said['body'] }
  } catch {
    return request.signal?.aborted ? { status: 'timeout', body: null } : null
  }
}

function read({ status, body }: Said): Answer {
  if (typeof status === 'string') return failed(status)
  if ((status === 200 || status === 404) && body?.['found'] !== undefined) return flat(body)
  if (status === 401 || status === 403) return failed('key_refused')
  if (status === 429) return failed('over_limit')
  return failed(status >= 500 ? 'unavailable' : `status_${status}`)
}

function flat(body: Record<string, unknown>): Answer {
  const answer: Answer = {}
  for (const name of told) {
    const value = body[name]
    if (typeof value === 'string') answer[name] = value.slice(0, 1_000)
  }
  return answer
}

const failed = (error: string): Answer => ({ found: 'false', error })

let keptKey: string | null = null

async function keyOf(): Promise<string | null> {
  keptKey ??= textOf(await secret().catch(() => null)) ?? textOf(process.env['CLINICACRM_API_KEY'])
  return keptKey
}

async function secret(): Promise<string | null> {
  const SecretId = process.env['CLINICACRM_SECRET_ARN']
  if (!SecretId) return null
  // Part of the runtime; looked for only where it is used.
  const aws = require('@aws-sdk/client-secrets-manager') as typeof import('@aws-sdk/client-secrets-manager')
  const client = new aws.SecretsManagerClient({ maxAttempts: 2 })
  const command = new aws.GetSecretValueCommand({ SecretId })
  const { SecretString = '' } = await client.send(command, { abortSignal: AbortSignal.timeout(secretPatienceMs) })
  if (!SecretString.startsWith('{')) return SecretString
  const { api_key } = JSON.parse(SecretString) as { api_key?: string }
  return api_key ?? null
}

module.exports = { handler }
