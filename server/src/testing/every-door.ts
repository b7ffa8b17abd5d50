import type { CreateCase } from '@clinicacrm/contract/cases.ts'
import { createKey } from '../api-keys/api-keys.ts'
import { createCase } from '../cases/cases.ts'
import { addNote } from '../cases/notes.ts'
import { addUser } from '../users/users.ts'
import type { Clinic } from './harness.ts'

/** What an asker may be after: one of each, at one clinic. */
export type Scene = {
  /** The patient's last name, which nobody else has. */
  name: string
  clinic: string
  clinicId: string
  case: string
  patient: string
  other: string
  third: string
  note: string
  key: string
  user: string
  invitation: string
  relation: string
  phoneKey: string
  call: string
  callback: string
  identity: string
  number: string
  line: string
  request: string
  webhook: string
  delivery: string
}
type Asked = { params?: Record<string, string>; query?: string; body?: unknown }

let scenes = 0
let named = 0

/** A scene of its own for each question, so that one answer cannot spoil the next. */
export async function sceneAt(crm: Clinic, clinic: string): Promise<Scene> {
  const n = ++scenes
  const person: CreateCase = { clinic, first_name: 'Ada', last_name: `Neri${n}x`, phone: mobile(n) }
  const { id, patient_id } = await createCase(crm.work, person)
  const other = await createCase(crm.work, { ...person, first_name: 'Ugo', phone: mobile(n, '348') })
  const third = await createCase(crm.work, { ...person, first_name: 'Pia', phone: mobile(n, '345') })
  const note = await addNote(crm.work, id, { body: 'Richiamare dopo le 17.' })
  const [{ id: clinicId } = { id: '' }] = await crm.rows<{ id: string }>('select id from clinics where name = $1', [
    clinic,
  ])
  const key = await createKey(crm.work, 'live', { name: `Key ${n}`, scopes: ['lookup:read'], clinics: [clinic] })
  const email = `door.${n}@clinic.example`
  const user = await addUser(crm.work, {
    name: 'Eva Verdi',
    email,
    role: 'agent',
    clinic_ids: [clinicId],
    locale: 'it',
  })
  const [invitation] = await crm.rows<{ id: string }>(
    `insert into invitations (email, name, role, clinic_ids, locale, token_hash, expires_at)
     values ($1, 'Leo Bruni', 'agent', array[$2]::bigint[], 'it', $1, now() + interval '1 day') returning id`,
    [`invited.${n}@clinic.example`, clinicId],
  )
  const [relation] = await crm.rows<{ id: string }>(
    `insert into relations (patient_id, other_id, kind, created_by) values ($1, $2, 'sibling', 'system') returning id`,
    [patient_id, other.patient_id],
  )
  const [{ key: phoneKey } = { key: '' }] = await crm.rows<{ key: string }>(
    'select key from phone_keys where patient_id = $1',
    [patient_id],
  )
  const telephony = await telephonyScene(crm, n, { clinicId, patient: patient_id, case: id, user: user.id, phoneKey })
  return {
    name: person.last_name!,
    clinic,
    clinicId,
    case: id,
    patient: patient_id,
    other: other.patient_id,
    third: third.patient_id,
    note: note.id,
    key: key.id,
    user: user.id,
    invitation: invitation!.id,
    relation: relation!.id,
    phoneKey,
    ...telephony,
    ...(await webhookScene(crm, n, clinicId)),
  }
}

async function webhookScene(crm: Clinic, n: number, clinicId: string): Promise<Pick<Scene, 'webhook' | 'delivery'>> {
  const [webhook] = await crm.rows<{ id: string }>(
    `insert into webhooks (url, events, clinic_ids, secret, hint, created_by, active)
     values ('https://hooks.example', '{note.changed}', array[$1]::bigint[], 'sealed', 'abcd', 'system', false) returning id`,
    [clinicId],
  )
  const [delivery] = await crm.rows<{ id: string }>(
    `insert into webhook_deliveries (webhook_id, event_id, type, payload, state) values ($1, $2, 'note.changed',
     '{"id": "e", "type": "note.changed", "timestamp": "2026-01-01T00:00:00.000000+00:00", "actor": "system", "data": {}}', 'dead')
     returning id`,
    [webhook!.id, `evt_${n}`],
  )
  return { webhook: webhook!.id, delivery: delivery!.id }
}

/** What belongs to calls: one, a callback, and how platforms name people, numbers and lines. */
async function telephonyScene(
  crm: Clinic,
  n: number,
  of: Pick<Scene, 'clinicId' | 'patient' | 'case' | 'user' | 'phoneKey'>,
): Promise<Pick<Scene, 'call' | 'callback' | 'identity' | 'number' | 'line' | 'request'>> {
  const [call] = await crm.rows<{ id: string }>(
    `insert into calls (provider, call_id, state, started_at, clinic_id, match, patient_id, case_id, recording_url)
     values ('door', $1, 'ended', now(), $2, 'one', $3, $4, 'https://vendor.example/1') returning id`,
    [`c-${n}`, of.clinicId, of.patient, of.case],
  )
  const [identity] = await crm.rows<{ id: string }>(
    `insert into agent_telephony_identity (user_id, kind, value) values ($1, 'extension', $2) returning id`,
    [of.user, `door-${n}`],
  )
  const [number] = await crm.rows<{ id: string }>(
    'insert into dialled_numbers (key, number, clinic_id) values ($1, $1, $2) returning id',
    [`39065550${n}`, of.clinicId],
  )
  const [line] = await crm.rows<{ id: string }>(
    `insert into connector_lines (connector, name, token_hash, hint) values ('own-json', 'Door', $1, 'abcd') returning id`,
    [`door-${n}`],
  )
  const [callback] = await crm.rows<{ id: string }>(
    'insert into callbacks (patient_id, clinic_id, phone_key, due_at) values ($1, $2, $3, now()) returning id',
    [of.patient, of.clinicId, of.phoneKey],
  )
  const [request] = await crm.rows<{ id: string }>(
    `insert into request_log (kind, actor, status, ms, phone) values ('lookup', 'unknown', 404, 1, '+391234567890') returning id`,
  )
  return {
    request: request!.id,
    call: call!.id,
    callback: callback!.id,
    identity: identity!.id,
    number: number!.id,
    line: line!.id,
  }
}

const mobile = (n: number, prefix = '349') => `+39 ${prefix} ${String(n).padStart(7, '0')}`

/** How each endpoint is asked; a new endpoint without its line here fails the walk. */
export const askings: Record<string, (scene: Scene) => Asked> = {
  lookupByQuery: () => ({ query: 'phone=%2B391234567890' }),
  lookupByBody: () => ({ body: { phone: '+39 123 456 7890' } }),
  lookupByConversation: () => ({ params: { provider: 'none', conversation_id: 'none' } }),
  listCases: () => ({}),
  createCase: ({ clinic }) => ({ body: { first_name: 'Ivo', phone: '+39 349 9999999', clinic } }),
  getCase: (s) => ({ params: { id: s.case } }),
  saveCase: (s) => ({ params: { id: s.case }, body: { origin: 'Google Ads' } }),
  deleteCase: (s) => ({ params: { id: s.case } }),
  listNotes: (s) => ({ params: { id: s.case } }),
  addNote: (s) => ({ params: { id: s.case }, body: { body: 'Una nota.' } }),
  listPatients: () => ({}),
  createPatient: ({ clinic }) => ({ body: { first_name: 'Ivo', phone: '+39 349 9999998', clinic } }),
  getPatient: (s) => ({ params: { id: s.patient } }),
  savePatient: (s) => ({ params: { id: s.patient }, body: { alert_text: 'Attenzione.' } }),
  listClinics: () => ({}),
  createClinic: () => ({ body: { name: `Clinica ${++named}` } }),
  saveClinic: (s) => ({ params: { id: s.clinicId }, body: { city: 'Roma' } }),
  listTreatments: () => ({}),
  createTreatment: () => ({ body: { code: `T${++named}`, name: `Trattamento ${named}` } }),
  saveTreatment: () => ({ params: { id: '1' }, body: { area: 'refractive' } }),
  listStatuses: () => ({}),
  saveOrganisation: () => ({ body: { accent: '#0f766e' } }),
  listApiKeys: () => ({}),
  createApiKey: ({ clinic }) => ({ body: { name: 'Door', scopes: ['lookup:read'], clinics: [clinic] } }),
  saveApiKey: (s) => ({ params: { id: s.key }, body: { description: 'Una chiave.' } }),
  rotateApiKey: (s) => ({ params: { id: s.key }, body: {} }),
  revokeApiKey: (s) => ({ params: { id: s.key } }),
  getKeyUsage: (s) => ({ params: { id: s.key } }),
  recordCallEvent: () => ({ body: { call_id: 'door', event: 'ringing', from: '+39 349 9999997' } }),
  reportMyCall: () => ({
    body: { provider: 'genesys-cloud', call_id: 'door-own', event: 'ringing', from: '+39 349 9999996' },
  }),
  listRequests: () => ({}),
  getRequest: (s) => ({ params: { id: s.request } }),
  replayRequest: (s) => ({ params: { id: s.request } }),
  explainNumber: () => ({ body: { phone: '+39 123 456 7890' } }),
  listPops: () => ({}),
  resolvePop: () => ({ query: 'phone=%2B391234567890' }),
  getPop: () => ({ params: { id: '999999' } }),
  markPop: () => ({ params: { id: '999999' }, body: { what: 'shown' } }),
  ringMyself: () => ({ body: {} }),
  listCalls: () => ({}),
  getCall: (s) => ({ params: { id: s.call } }),
  linkCall: (s) => ({ params: { id: s.call }, body: { patient_id: s.patient } }),
  listIdentities: () => ({}),
  addIdentity: (s) => ({ body: { user_id: s.user, kind: 'extension', value: `door.${++named}` } }),
  removeIdentity: (s) => ({ params: { id: s.identity } }),
  listDialledNumbers: () => ({}),
  addDialledNumber: (s) => ({ body: { number: `+39 06 6660 ${1_000 + ++named}`, clinic_id: s.clinicId } }),
  saveDialledNumber: (s) => ({ params: { id: s.number }, body: { label: 'Centralino' } }),
  removeDialledNumber: (s) => ({ params: { id: s.number } }),
  listConnectorLines: () => ({}),
  addConnectorLine: () => ({ body: { connector: 'own-json', name: 'Centralino' } }),
  saveConnectorLine: (s) => ({ params: { id: s.line }, body: { active: false } }),
  removeConnectorLine: (s) => ({ params: { id: s.line } }),
  listConnectors: () => ({}),
  getConnector: () => ({ params: { name: 'own-json' } }),
  saveConnector: () => ({ params: { name: 'own-json' }, body: { settings: { provider: 'api' } } }),
  getConnectorFile: () => ({ params: { name: 'own-json', file: 'clinicacrm-event.sh' } }),
  tryConnector: () => ({ params: { name: 'own-json' }, body: {} }),
  listFrameOrigins: () => ({}),
  saveFrameOrigins: () => ({ params: { connector: 'twilio-flex' }, body: { origins: ['https://flex.twilio.com'] } }),
  getDesk: () => ({}),
  searchEverything: () => ({ query: 'q=neri' }),
  getCasePage: (s) => ({ params: { id: s.case } }),
  listTimeline: (s) => ({ params: { id: s.case } }),
  confirmIdentity: (s) => ({ params: { id: s.case }, body: { facts: ['birth_date', 'email'] } }),
  revealCase: (s) => ({ params: { id: s.case } }),
  watchCase: (s) => ({ params: { id: s.case }, body: {} }),
  editNote: (s) => ({ params: { id: s.case, note_id: s.note }, body: { body: 'Un’altra nota.', version: 1 } }),
  listNoteVersions: (s) => ({ params: { id: s.case, note_id: s.note } }),
  countCases: () => ({}),
  listCaseChoices: () => ({}),
  getBoard: () => ({}),
  getCalendar: () => ({ query: 'from=2026-11-01&to=2026-12-01' }),
  exportCases: () => ({}),
  previewBulk: (s) => ({ body: { ids: [s.case], change: { dialer_campaign_tag: 'Q4' } } }),
  changeManyCases: (s) => ({ body: { ids: [s.case], change: { dialer_campaign_tag: 'Q4' } } }),
  undoBulk: () => ({ params: { id: '999999' } }),
  listViews: () => ({}),
  createView: () => ({ body: { name: 'Vista', shape: 'table', query: '', shared: false } }),
  saveView: () => ({ params: { id: '999999' }, body: { name: 'Vista' } }),
  deleteView: () => ({ params: { id: '999999' } }),
  getPatientPage: (s) => ({ params: { id: s.patient } }),
  findDuplicates: () => ({ body: { last_name: 'Neri' } }),
  saveNumber: (s) => ({ params: { id: s.patient, key: s.phoneKey }, body: { label: 'madre' } }),
  addRelation: (s) => ({ params: { id: s.patient }, body: { other_id: s.third, kind: 'friend' } }),
  removeRelation: (s) => ({ params: { id: s.patient, relation_id: s.relation } }),
  addConsent: (s) => ({ params: { id: s.patient }, body: { purpose: 'contact', state: 'given' } }),
  createFrameTicket: () => ({ body: { connector: 'twilio-flex', challenge: 'A'.repeat(43) } }),
  getSession: () => ({}),
  saveProfile: () => ({ body: { locale: 'it' } }),
  changePassword: () => ({ body: { current_password: 'not this one', password: 'una frase lunga abbastanza' } }),
  listSessions: () => ({}),
  endSession: () => ({ params: { id: '999999' } }),
  endOtherSessions: () => ({}),
  startSecondFactor: () => ({ body: { password: 'not this one' } }),
  confirmSecondFactor: () => ({ body: { code: '000000' } }),
  stopSecondFactor: () => ({ body: { password: 'not this one' } }),
  renewRecoveryCodes: () => ({ body: { password: 'not this one' } }),
  listColleagues: () => ({}),
  listUsers: () => ({}),
  saveUser: (s) => ({ params: { id: s.user }, body: { name: 'Eva Bianchi' } }),
  resetSecondFactor: (s) => ({ params: { id: s.user } }),
  sendPasswordLink: (s) => ({ params: { id: s.user } }),
  inviteUser: (s) => ({
    body: { email: `new.${s.case}@clinic.example`, name: 'Nuova', role: 'agent', clinics: [s.clinic] },
  }),
  getRecording: (s) => ({ params: { id: s.call } }),
  wrapUpCall: (s) => ({ params: { id: s.call }, body: { disposition: 'INFO_FORNITE' } }),
  saveWrapUpDraft: (s) => ({ params: { id: s.call }, body: { note: 'A metà.' } }),
  getWrapUpDraft: (s) => ({ params: { id: s.call } }),
  previewRelink: (s) => ({ params: { id: s.patient } }),
  relinkCalls: (s) => ({ params: { id: s.patient }, body: { call_ids: [s.call] } }),
  listCallbacks: () => ({}),
  createCallback: (s) => ({ body: { patient_id: s.other, due_at: '2026-12-01T10:00:00+01:00' } }),
  saveCallback: (s) => ({ params: { id: s.callback }, body: { reason: 'Preventivo' } }),
  tryCallback: (s) => ({ params: { id: s.callback }, body: { result: 'no_answer' } }),
  nextSlot: (s) => ({ params: { id: s.clinicId }, query: 'at=2026-12-01T10:00:00Z' }),
  getWallboard: () => ({}),
  getClinicHours: (s) => ({ params: { id: s.clinicId } }),
  saveClinicHours: (s) => ({
    params: { id: s.clinicId },
    body: { opening: [[], [], [], [], [], [], []], quiet_before: '09:00', quiet_after: '20:00', holidays: [] },
  }),
  listWebhooks: () => ({}),
  createWebhook: () => ({ body: { url: 'https://9.9.9.9/hooks', events: ['case.created'] } }),
  saveWebhook: (s) => ({ params: { id: s.webhook }, body: { description: 'Agenda' } }),
  rotateWebhookSecret: (s) => ({ params: { id: s.webhook }, body: {} }),
  removeWebhook: (s) => ({ params: { id: s.webhook } }),
  testWebhook: (s) => ({ params: { id: s.webhook } }),
  listDeliveries: (s) => ({ params: { id: s.webhook } }),
  getDelivery: (s) => ({ params: { id: s.webhook, delivery_id: s.delivery } }),
  replayDelivery: (s) => ({ params: { id: s.webhook, delivery_id: s.delivery } }),
  replayDead: (s) => ({ params: { id: s.webhook } }),
  renewInvitation: (s) => ({ params: { id: s.invitation } }),
  revokeInvitation: (s) => ({ params: { id: s.invitation } }),
}

/** The address and options to ask `crm` with. */
export function addressOf(path: string, { params = {}, query }: Asked): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  return query ? `${filled}?${query}` : filled
}

/** True when the question names something of one clinic, rather than everything at once. */
export function isAboutScene(name: string): boolean {
  const probe = new Proxy({} as Scene, { get: () => '§' })
  return JSON.stringify(askings[name]?.(probe) ?? {}).includes('§')
}
