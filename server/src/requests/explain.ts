import { compareStored, explainPhone } from '@clinicacrm/contract/phone-explained.ts'
import { phoneKeys } from '@clinicacrm/contract/phone.ts'
import type { DisclosureProfile } from '@clinicacrm/contract/permissions.ts'
import type { Explanation } from '@clinicacrm/contract/requests.ts'
import { eq } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { Disclosures } from '../audit/disclosures.ts'
import { apiKeys } from '../db/schema.ts'
import type { Lookup } from '../lookup/lookup.ts'
import { isOwnNumber } from '../telephony/telephony.ts'
import type { Work } from '../work.ts'

export type ExplainWork = Work & { lookup: Lookup; disclosures: Disclosures }
type Asked = {
  phone: string
  fromQueryString: boolean
  keyId: string | null
  stored: string | null
  /** What a 404 would be instead. */
  onMissing?: 200 | 404
}
type Seen = {
  kind?: 'api_key'
  clinicIds: readonly string[] | null
  profile: DisclosureProfile | 'full'
  sandbox?: boolean
}

/** What the lookup would do with a number, and why. Cases are named by their ids; each leaves its trace. */
export async function explain(work: ExplainWork, asked: Asked): Promise<Explanation> {
  const { db, config, lookup, by } = work
  const seen = await seenBy(work, asked.keyId)
  const began = performance.now()
  const read = explainPhone(asked.phone, config.defaultCountry, asked)
  const readAt = performance.now()
  const { query } = read
  const matches = await lookup.matches(query, seen, readAt)
  const foundAt = performance.now()
  const number = query.kind === 'number' ? query : null
  for (const { case_id, patient_id } of seen.sandbox ? [] : matches.cases)
    work.disclosures.record({ actor: by.actor, action: 'lookup', case_id, patient_id, profile: 'minimal' })
  return {
    phone: asked.phone,
    kind: query.kind,
    default_country: config.defaultCountry,
    plus_restored: read.plus_restored,
    cleaned: read.cleaned,
    digits: read.digits,
    has_country_code: read.has_country_code,
    certainty: read.certainty,
    e164: number?.e164 ?? null,
    key: number?.key ?? null,
    ext: number?.ext ?? null,
    is_own_number: number !== null && (await isOwnNumber({ db, config }, number.key)),
    cases: matches.cases.map(({ case_id, patient_id, clinic, status, created_at, ...person }, i) => {
      return {
        rank: i + 1,
        case_id,
        patient_id,
        clinic,
        status,
        created_at: iso(created_at),
        field: fieldOf(person, number?.key, config),
      }
    }),
    case_count: matches.count,
    people: matches.patients.length,
    answer: answerOf(query.kind, matches.cases[0]?.case_id ?? null, { ...asked, profile: seen.profile }),
    compared: asked.stored ? compared(read, asked.stored, config) : null,
    ms: { reading: rounded(readAt - began), database: query.kind === 'number' ? rounded(foundAt - readAt) : 0 },
  }
}

const rounded = (ms: number) => Math.round(ms * 1000) / 1000
const iso = (printed: string) => new Date(printed.replace(' ', 'T').replace(/\+00$/, 'Z')).toISOString()

function compared({ query }: ReturnType<typeof explainPhone>, stored: string, { defaultCountry }: Work['config']) {
  const { keys, matches } = compareStored(query, stored, defaultCountry)
  return { keys: keys.map(({ key, ext }) => (ext ? `${key} ext. ${ext}` : key)), matches }
}

const fields = ['phone', 'home_phone', 'cell_phone'] as const

/** The field of the patient where the number stands, as it was typed. */
function fieldOf(
  person: Record<(typeof fields)[number], string | null>,
  key: string | undefined,
  { defaultCountry }: Work['config'],
) {
  return fields.find((field) => phoneKeys(person[field] ?? '', defaultCountry).some((own) => own.key === key)) ?? null
}

function answerOf(
  kind: string,
  caseId: string | null,
  { onMissing = 404, profile }: { onMissing?: 200 | 404; profile: string },
) {
  if (kind === 'invalid') return { verdict: 'invalid', status: 400, case_id: null, profile }
  const verdict = kind === 'number' ? (caseId ? 'found' : 'not_found') : kind
  return { verdict, status: caseId ? 200 : onMissing, case_id: caseId, profile }
}

async function seenBy({ db, by }: ExplainWork, keyId: string | null): Promise<Seen> {
  if (keyId === null) return { clinicIds: by.clinicIds, profile: 'full' }
  const [key] = await db
    .select({ clinic_ids: apiKeys.clinic_ids, profile: apiKeys.profile, sandbox: apiKeys.sandbox })
    .from(apiKeys)
    .where(eq(apiKeys.id, keyId))
  if (!key) throw new AppError('not_found', 'There is no API key with this id.')
  const { sandbox } = key
  const clinicIds = narrower(by.clinicIds, key.clinic_ids)
  return { kind: 'api_key', clinicIds, profile: key.profile as DisclosureProfile, sandbox }
}

/** Nobody learns by a key what they may not see themselves. */
function narrower(own: readonly string[] | null, keys: readonly string[] | null) {
  return own && keys ? own.filter((id) => keys.includes(id)) : (own ?? keys)
}
