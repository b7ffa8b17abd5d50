/* oxlint-disable max-lines -- the whole data model is one page on purpose */
import { isNull, sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bigintText, identity, instant, moment, now, ordered } from './columns.ts'

/*
 * The data model, in the order a newcomer needs it. Conventions: identities are bigint, instants carry a zone, a row that
 * people edit has a `version` for optimistic locking, and a field has one name from here to the form.
 */

const createdAt = () => instant('created_at').notNull().default(now)
const updatedAt = () => instant('updated_at').notNull().default(now)
const version = () => integer('version').notNull().default(1)

export const clinics = pgTable('clinics', {
  id: identity(),
  name: text('name').notNull().unique(),
  code: text('code').notNull().unique(),
  city: text('city'),
  address: text('address'),
  phone: text('phone'),
  /** IANA name; times are shown in it. */
  zone: text('zone').notNull().default('Europe/Rome'),
  locale: text('locale').notNull().default('it'),
  active: boolean('active').notNull().default(true),
  created_at: createdAt(),
})

export const treatments = pgTable('treatments', {
  id: identity(),
  code: text('code').notNull().unique(),
  name: text('name').notNull().unique(),
  area: text('area').notNull().default('other'),
  active: boolean('active').notNull().default(true),
})

/** The lifecycle. Clinics rename, reorder or hide statuses; the class decides what a status means. */
export const statuses = pgTable('statuses', {
  code: text('code').primaryKey(),
  /** open · waiting · booked · won · lost · closed */
  class: text('class').notNull(),
  position: integer('position').notNull(),
  label_it: text('label_it').notNull(),
  label_en: text('label_en').notNull(),
  label_es: text('label_es').notNull(),
  hidden: boolean('hidden').notNull().default(false),
})

/** A person. Phone fields keep what was typed, to the letter; `phone_keys` holds what it means. */
export const patients = pgTable(
  'patients',
  {
    id: identity(),
    first_name: text('first_name').notNull().default(''),
    last_name: text('last_name').notNull().default(''),
    phone: text('phone'),
    home_phone: text('home_phone'),
    cell_phone: text('cell_phone'),
    email: text('email'),
    birth_date: date('birth_date', { mode: 'string' }),
    /** The language to speak with them. */
    language: text('language'),
    /** When they like to be called, in their own words. */
    contact_times: text('contact_times'),
    /** What whoever opens the patient must see first. */
    alert_text: text('alert_text'),
    do_not_contact: boolean('do_not_contact').notNull().default(false),
    do_not_contact_reason: text('do_not_contact_reason'),
    /** The clinic that registered the person; a key limited to clinics knows a patient without cases only by it. */
    clinic_id: bigintText('clinic_id').references(() => clinics.id),
    /** Folded names, e-mail and digits of every number: what the search box reads. */
    search_text: text('search_text').notNull().default(''),
    /** Folded names alone, with a blank on either side of each: where a word of a name begins or ends can be asked for. */
    folded_name: text('folded_name').notNull().default(''),
    /** Last name first, folded, as lists are ordered by name. */
    sort_name: ordered('sort_name').notNull().default(''),
    /** Rules, library and country that `phone_keys` was built by; see `phoneKeyVersion`. */
    key_version: text('key_version').notNull(),
    created_at: createdAt(),
    updated_at: updatedAt(),
    version: version(),
  },
  (t) => [
    index('patients_search').using('gin', sql`${t.search_text} gin_trgm_ops`),
    index('patients_folded_name').using('gin', sql`${t.folded_name} gin_trgm_ops`),
    index('patients_email')
      .on(sql`lower(${t.email})`)
      .where(sql`${t.email} is not null`),
    index('patients_birth_date')
      .on(t.birth_date)
      .where(sql`${t.birth_date} is not null`),
    index('patients_newest').on(t.created_at.desc().nullsFirst(), t.id.desc().nullsFirst()),
    // One to walk along, one to look a name up without touching the row.
    index('patients_by_name').on(t.sort_name, t.id),
    index('patients_name_of').on(t.id, t.sort_name),
  ],
)

/**
 * One row for each number of each patient: the only thing a lookup searches, by equality.
 * Derived from the patient's three fields; rebuilt by `clinicacrm reindex`.
 */
export const phoneKeys = pgTable(
  'phone_keys',
  {
    key: text('key').notNull(),
    patient_id: bigintText('patient_id')
      .notNull()
      .references(() => patients.id, { onDelete: 'cascade' }),
    /** Null when the number stands without an extension at least once. */
    exts: text('exts').array(),
    /** Which fields it stands in: phone, home_phone, cell_phone. */
    fields: text('fields').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.key, t.patient_id] }), index('phone_keys_patient').on(t.patient_id)],
)

/** One inquiry, from the first contact to the surgery. A patient has many over the years. */
export const cases = pgTable(
  'cases',
  {
    id: identity(),
    patient_id: bigintText('patient_id')
      .notNull()
      .references(() => patients.id),
    clinic_id: bigintText('clinic_id')
      .notNull()
      .references(() => clinics.id),
    treatment_id: bigintText('treatment_id').references(() => treatments.id),
    channel: text('channel'),
    origin: text('origin'),
    status: text('status')
      .notNull()
      .default('NUOVO')
      .references(() => statuses.code),
    disposition: text('disposition'),
    outcome: text('outcome'),
    promotion: text('promotion'),
    follow_up_date: instant('follow_up_date'),
    follow_up_reason: text('follow_up_reason'),
    dialer_campaign_tag: text('dialer_campaign_tag'),
    /** A colleague's e-mail address, or whatever name another system uses. */
    assigned_to: text('assigned_to'),
    /** Why the patient was lost, when the status says so. */
    lost_reason: text('lost_reason'),
    /** The last time somebody wrote down what was said with the patient. */
    last_contact_at: instant('last_contact_at'),
    created_at: createdAt(),
    updated_at: updatedAt(),
    deleted_at: instant('deleted_at'),
    version: version(),
  },
  (t) => {
    const isAlive = isNull(t.deleted_at)
    // As a query says it that asks for cases at work alone.
    const isAtWork = sql`${isAlive} and ${t.status} not in ('INTERVENTO_ESEGUITO', 'PERSO', 'CHIUSO')`
    return [
      index('cases_of_patient')
        .on(t.patient_id, t.created_at.desc().nullsFirst(), t.id.desc().nullsFirst())
        .where(isAlive),
      // The orders of lists; of those at work once more, who are few among the cases of many years.
      index('cases_newest').on(t.created_at.desc().nullsFirst(), t.id.desc().nullsFirst()).where(isAlive),
      index('cases_follow_up').on(t.follow_up_date, t.id).where(isAlive),
      index('cases_updated').on(t.updated_at, t.id).where(isAlive),
      index('cases_contacted').on(t.last_contact_at, t.id).where(isAlive),
      index('cases_at_work_created').on(t.created_at, t.id).where(isAtWork),
      index('cases_at_work_follow_up').on(t.follow_up_date, t.id).where(isAtWork),
      index('cases_at_work_updated').on(t.updated_at, t.id).where(isAtWork),
      index('cases_at_work_contacted').on(t.last_contact_at, t.id).where(isAtWork),
      // These two hold all that the desk asks of a row: it reads no other.
      index('cases_at_work_assigned').on(t.assigned_to, t.follow_up_date, t.id, t.clinic_id).where(isAtWork),
      index('cases_unassigned')
        .on(t.created_at, t.id, t.clinic_id, t.status, t.follow_up_date)
        .where(sql`${isAtWork} and ${t.assigned_to} is null`),
      index('cases_status').on(t.status, t.created_at.desc().nullsFirst(), t.id.desc().nullsFirst()).where(isAlive),
      index('cases_status_follow_up').on(t.status, t.follow_up_date, t.id).where(isAlive),
      index('cases_clinic_newest')
        .on(t.clinic_id, t.created_at.desc().nullsFirst(), t.id.desc().nullsFirst())
        .where(isAlive),
      // Filters, which PostgreSQL combines as bitmaps. Two partial indexes with one condition it would not combine.
      index('cases_clinic').on(t.clinic_id),
      index('cases_assigned').on(t.assigned_to),
      index('cases_campaign').on(t.dialer_campaign_tag),
      index('cases_channel').on(t.channel),
      index('cases_treatment').on(t.treatment_id),
    ]
  },
)

export const notes = pgTable(
  'notes',
  {
    id: identity(),
    case_id: bigintText('case_id')
      .notNull()
      .references(() => cases.id),
    author: text('author').notNull(),
    /** Null when a key or an import wrote it. */
    author_id: bigintText('author_id').references(() => users.id),
    body: text('body').notNull(),
    /** The colleagues named in it. */
    mentions: bigintText('mentions')
      .array()
      .notNull()
      .default(sql`'{}'`),
    created_at: createdAt(),
    edited_at: instant('edited_at'),
    version: version(),
  },
  (t) => [
    index('notes_mentions').using('gin', t.mentions),
    index('notes_of_case').on(t.case_id, t.created_at.desc().nullsFirst(), t.id.desc().nullsFirst()),
  ],
)

/** What a note said before it was changed. */
export const noteVersions = pgTable(
  'note_versions',
  {
    note_id: bigintText('note_id')
      .notNull()
      .references(() => notes.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    body: text('body').notNull(),
    /** When this text was replaced, and by whom. */
    replaced_at: instant('replaced_at').notNull().default(now),
    replaced_by: text('replaced_by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.note_id, t.version] })],
)

/** Every move of a case through the lifecycle. */
export const statusChanges = pgTable(
  'status_changes',
  {
    id: identity(),
    case_id: bigintText('case_id')
      .notNull()
      .references(() => cases.id),
    from_status: text('from_status').notNull(),
    to_status: text('to_status').notNull(),
    reason: text('reason'),
    actor: text('actor').notNull(),
    at: instant('at').notNull().default(now),
  },
  (t) => [index('status_changes_of_case').on(t.case_id, t.id), index('status_changes_of_actor').on(t.actor, t.at)],
)

/** What people said of one of a patient's numbers. Kept by what the number means: rewriting it alike changes nothing. */
export const phoneFacts = pgTable(
  'phone_facts',
  {
    patient_id: bigintText('patient_id')
      .notNull()
      .references(() => patients.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    label: text('label'),
    verified_at: instant('verified_at'),
    wrong_at: instant('wrong_at'),
    updated_by: text('updated_by').notNull(),
    updated_at: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.patient_id, t.key] })],
)

/** Who belongs to whom, seen from `patient_id`: "other is the `kind` of patient". */
export const relations = pgTable(
  'relations',
  {
    id: identity(),
    patient_id: bigintText('patient_id')
      .notNull()
      .references(() => patients.id),
    other_id: bigintText('other_id')
      .notNull()
      .references(() => patients.id),
    kind: text('kind').notNull(),
    /** The other may be told about the patient. */
    may_discuss: boolean('may_discuss').notNull().default(false),
    until: date('until', { mode: 'string' }),
    created_by: text('created_by').notNull(),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex('relations_pair').on(t.patient_id, t.other_id),
    index('relations_of_other').on(t.other_id),
    check('relations_not_self', sql`${t.patient_id} <> ${t.other_id}`),
  ],
)

/** What a patient allowed or withdrew, one row each time; nothing here is ever changed. */
export const consents = pgTable(
  'consents',
  {
    id: identity(),
    patient_id: bigintText('patient_id')
      .notNull()
      .references(() => patients.id),
    purpose: text('purpose').notNull(),
    channel: text('channel'),
    state: text('state').notNull(),
    text_version: text('text_version'),
    evidence: text('evidence'),
    actor: text('actor').notNull(),
    at: instant('at').notNull().default(now),
  },
  (t) => [index('consents_of_patient').on(t.patient_id, t.id)],
)

/** The organisation this installation serves: one row, made by the set-up page or the demo. */
export const organisation = pgTable(
  'organisation',
  {
    only: boolean('only').primaryKey().default(true),
    name: text('name').notNull(),
    country: text('country').notNull(),
    locale: text('locale').notNull(),
    /** `#rrggbb`; null for our own. */
    accent: text('accent'),
    /** A picture as a data URL; null for none. */
    logo: text('logo'),
    created_at: createdAt(),
    updated_at: updatedAt(),
    version: version(),
  },
  (t) => [check('one_organisation', sql`${t.only}`)],
)

/** A person who signs in. Sign-in, sessions and second factors are better-auth's; role and clinics are ours. */
export const users = pgTable('users', {
  id: identity(),
  email: text('email').notNull().unique(),
  email_verified: boolean('email_verified').notNull().default(false),
  name: text('name').notNull(),
  image: text('image'),
  role: text('role').notNull().default('agent'),
  /** Null: every clinic. */
  clinic_ids: bigintText('clinic_ids').array(),
  locale: text('locale').notNull().default('it'),
  active: boolean('active').notNull().default(true),
  two_factor_enabled: boolean('two_factor_enabled').notNull().default(false),
  /** Long enough to stand alone, without a second factor. */
  password_is_long: boolean('password_is_long').notNull().default(false),
  /** Theme, columns, what is pinned: small things that follow a person from desk to desk. */
  preferences: jsonb('preferences').notNull().default({}),
  last_seen_at: instant('last_seen_at'),
  created_at: createdAt(),
  updated_at: updatedAt(),
  version: version(),
})

/** A signed-in browser. */
export const sessions = pgTable(
  'sessions',
  {
    id: identity(),
    token: text('token').notNull().unique(),
    user_id: bigintText('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expires_at: moment('expires_at').notNull(),
    ip_address: text('ip_address'),
    user_agent: text('user_agent'),
    /** The platform in whose frame it was opened, and good for nothing else; null for windows of our own. */
    connector: text('connector'),
    created_at: moment('created_at').notNull().default(now),
    updated_at: moment('updated_at').notNull().default(now),
  },
  (t) => [index('sessions_of_user').on(t.user_id)],
)

/** How a person proves who they are: here, by a password. */
export const accounts = pgTable(
  'accounts',
  {
    id: identity(),
    user_id: bigintText('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    provider_id: text('provider_id').notNull(),
    account_id: text('account_id').notNull(),
    password: text('password'),
    access_token: text('access_token'),
    refresh_token: text('refresh_token'),
    id_token: text('id_token'),
    access_token_expires_at: moment('access_token_expires_at'),
    refresh_token_expires_at: moment('refresh_token_expires_at'),
    scope: text('scope'),
    created_at: moment('created_at').notNull().default(now),
    updated_at: moment('updated_at').notNull().default(now),
  },
  (t) => [index('accounts_of_user').on(t.user_id), uniqueIndex('accounts_identity').on(t.provider_id, t.account_id)],
)

/** Tokens that prove a mailbox or a half-done sign-in. */
export const verifications = pgTable(
  'verifications',
  {
    id: identity(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expires_at: moment('expires_at').notNull(),
    created_at: moment('created_at').notNull().default(now),
    updated_at: moment('updated_at').notNull().default(now),
  },
  (t) => [index('verifications_identifier').on(t.identifier)],
)

/** Authenticator apps; secret and recovery codes are encrypted by better-auth. */
export const twoFactors = pgTable(
  'two_factors',
  {
    id: identity(),
    user_id: bigintText('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    secret: text('secret').notNull(),
    backup_codes: text('backup_codes').notNull(),
    verified: boolean('verified').notNull().default(true),
    failed_verification_count: integer('failed_verification_count').notNull().default(0),
    locked_until: moment('locked_until'),
  },
  (t) => [index('two_factors_of_user').on(t.user_id)],
)

/** Somebody asked to join. The link holds a token whose hash is here. */
export const invitations = pgTable(
  'invitations',
  {
    id: identity(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    clinic_ids: bigintText('clinic_ids').array(),
    locale: text('locale').notNull(),
    token_hash: text('token_hash').notNull().unique(),
    invited_by: bigintText('invited_by').references(() => users.id),
    expires_at: instant('expires_at').notNull(),
    accepted_at: instant('accepted_at'),
    revoked_at: instant('revoked_at'),
    created_at: createdAt(),
  },
  (t) => [index('invitations_email').on(t.email)],
)

/** A way to look at cases that somebody gave a name. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: identity(),
    owner_id: bigintText('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** table · board · calendar */
    shape: text('shape').notNull(),
    /** The filter bar as the address holds it. */
    query: text('query').notNull(),
    shared: boolean('shared').notNull().default(false),
    created_at: createdAt(),
    updated_at: updatedAt(),
    version: version(),
  },
  (t) => [index('saved_views_of_owner').on(t.owner_id)],
)

/** A change of many cases at once, with what they were before: undoing reads it. */
export const bulkChanges = pgTable(
  'bulk_changes',
  {
    id: identity(),
    actor: text('actor').notNull(),
    change: jsonb('change').notNull(),
    /** `[{id, version, before}]`: the version after the change, and the fields as they were. */
    cases: jsonb('cases').notNull(),
    undone_at: instant('undone_at'),
    created_at: createdAt(),
  },
  (t) => [index('bulk_changes_created').on(t.created_at)],
)

/** Who has a case open: refreshed by the open page, forgotten soon after. */
export const caseViewers = pgTable(
  'case_viewers',
  {
    case_id: bigintText('case_id')
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    user_id: bigintText('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    editing: boolean('editing').notNull().default(false),
    seen_at: instant('seen_at').notNull().default(now),
  },
  (t) => [primaryKey({ columns: [t.case_id, t.user_id] }), index('case_viewers_seen').on(t.seen_at)],
)

/** A number of ours that people call. */
export const dialledNumbers = pgTable(
  'dialled_numbers',
  {
    id: identity(),
    /** As `phone_keys` has it: a caller with one of these is no patient. */
    key: text('key').notNull().unique(),
    number: text('number').notNull(),
    label: text('label').notNull().default(''),
    clinic_id: bigintText('clinic_id').references(() => clinics.id),
    locale: text('locale'),
    channel: text('channel'),
    origin: text('origin'),
    campaign: text('campaign'),
    created_at: createdAt(),
    version: version(),
  },
  (t) => [index('dialled_numbers_clinic').on(t.clinic_id)],
)

/** How a platform names one of our people. Whoever has none here is known by the address they sign in with. */
export const agentIdentities = pgTable(
  'agent_telephony_identity',
  {
    id: identity(),
    user_id: bigintText('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Empty: whatever platform. */
    provider: text('provider').notNull().default(''),
    /** email · extension · external_id · username */
    kind: text('kind').notNull(),
    /** In small letters, as it is compared. */
    value: text('value').notNull(),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex('agent_identity_value').on(t.provider, t.kind, t.value),
    index('agent_identity_by_value').on(t.value),
    index('agent_identity_of_user').on(t.user_id),
  ],
)

/** A line to a platform that cannot send a header: the secret in its address stands for a key. */
export const connectorLines = pgTable('connector_lines', {
  id: identity(),
  connector: text('connector').notNull(),
  name: text('name').notNull(),
  /** SHA-256 of the secret, hex. */
  token_hash: text('token_hash').notNull().unique(),
  hint: text('hint').notNull(),
  settings: jsonb('settings').notNull().default({}),
  active: boolean('active').notNull().default(true),
  last_event_at: instant('last_event_at'),
  last_error: text('last_error'),
  last_error_at: instant('last_error_at'),
  event_count: integer('event_count').notNull().default(0),
  created_at: createdAt(),
  version: version(),
})

/** What an administrator set for a connector, and how it fares with events that came with an API key. */
export const connectorSetups = pgTable('connector_setups', {
  connector: text('connector').primaryKey(),
  settings: jsonb('settings').notNull().default({}),
  last_event_at: instant('last_event_at'),
  last_error: text('last_error'),
  last_error_at: instant('last_error_at'),
  event_count: integer('event_count').notNull().default(0),
  updated_at: updatedAt(),
  version: version(),
})

/** Which sites may show `/embed/<connector>` in a frame. */
export const frameOrigins = pgTable('frame_origins', {
  connector: text('connector').primaryKey(),
  origins: text('origins').array().notNull(),
  updated_at: updatedAt(),
})

/** When a clinic is open and when nobody is called; without a row, the usual hours. */
export const clinicHours = pgTable('clinic_hours', {
  clinic_id: bigintText('clinic_id')
    .primaryKey()
    .references(() => clinics.id, { onDelete: 'cascade' }),
  /** `[[{from, to}], …]`, Monday first. */
  opening: jsonb('opening').notNull(),
  quiet_before: text('quiet_before').notNull(),
  quiet_after: text('quiet_after').notNull(),
  /** `[{day, label}]` */
  holidays: jsonb('holidays').notNull().default([]),
  updated_at: updatedAt(),
})

/** One call, made of its events whatever order they came in; see `calls/fold.ts`. */
export const calls = pgTable(
  'calls',
  {
    id: identity(),
    provider: text('provider').notNull(),
    /** The platform's id of the call. */
    call_id: text('call_id').notNull(),
    direction: text('direction').notNull().default('inbound'),
    /** ringing · answered · held · ended */
    state: text('state').notNull(),
    /** answered · missed · voicemail; null while it lasts. */
    result: text('result'),
    from_text: text('from_text'),
    to_text: text('to_text'),
    /** The other side's number: what it is compared by, and what is shown and dialled. */
    phone_key: text('phone_key'),
    phone: text('phone'),
    queue: text('queue'),
    dialled_number_id: bigintText('dialled_number_id').references(() => dialledNumbers.id, { onDelete: 'set null' }),
    clinic_id: bigintText('clinic_id').references(() => clinics.id),
    /** Who answered or, until somebody has, at whom it rings. */
    agent_id: bigintText('agent_id').references(() => users.id),
    /** As the platform names them. */
    agent_text: text('agent_text'),
    started_at: instant('started_at').notNull(),
    ringing_at: instant('ringing_at'),
    answered_at: instant('answered_at'),
    ended_at: instant('ended_at'),
    reason: text('reason'),
    recording_url: text('recording_url'),
    match: text('match'),
    patient_id: bigintText('patient_id').references(() => patients.id),
    case_id: bigintText('case_id').references(() => cases.id),
    /** A call given to a patient after the fact, which can be taken back. */
    relinked_at: instant('relinked_at'),
    disposition: text('disposition'),
    wrapped_up_at: instant('wrapped_up_at'),
    wrapped_up_by: bigintText('wrapped_up_by').references(() => users.id),
    /** Who answered and has not yet said what it came to. */
    owed_by: bigintText('owed_by').references(() => users.id),
    created_at: createdAt(),
    updated_at: updatedAt(),
    version: version(),
  },
  (t) => [
    uniqueIndex('calls_provider_id').on(t.provider, t.call_id),
    index('calls_newest').on(t.started_at.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('calls_of_number').on(t.phone_key, t.started_at),
    index('calls_of_patient').on(t.patient_id, t.started_at),
    index('calls_of_case').on(t.case_id, t.started_at),
    index('calls_of_agent').on(t.agent_id, t.started_at),
    index('calls_owed')
      .on(t.owed_by)
      .where(sql`${t.owed_by} is not null`),
    index('calls_now')
      .on(t.started_at)
      .where(sql`${t.state} <> 'ended'`),
  ],
)

/** What a platform said of a call, each thing once. */
export const callEvents = pgTable(
  'call_events',
  {
    call: bigintText('call')
      .notNull()
      .references(() => calls.id, { onDelete: 'cascade' }),
    /** The platform's id of the event, or what makes it this one. */
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    at: instant('at').notNull(),
    /** The rest of the event, as it arrived. */
    said: jsonb('said').notNull(),
    received_at: instant('received_at').notNull().default(now),
  },
  (t) => [primaryKey({ columns: [t.call, t.name] })],
)

/** A call at one agent: one row each, so that no agent is told twice. */
export const pops = pgTable(
  'pops',
  {
    call: bigintText('call')
      .notNull()
      .references(() => calls.id, { onDelete: 'cascade' }),
    user_id: bigintText('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Whoever had the call before and gave it on. */
    transferred_by: bigintText('transferred_by').references(() => users.id),
    created_at: createdAt(),
    /** A page of theirs was told. */
    delivered_at: instant('delivered_at'),
    /** The card was painted, so many milliseconds after the event arrived. */
    shown_at: instant('shown_at'),
    shown_after_ms: integer('shown_after_ms'),
    opened_at: instant('opened_at'),
    dismissed_at: instant('dismissed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.call, t.user_id] }),
    index('pops_of_user').on(t.user_id, t.created_at),
    index('pops_created').on(t.created_at),
  ],
)

/** What somebody is writing about a call, until they save it. */
export const wrapUpDrafts = pgTable(
  'wrap_up_drafts',
  {
    call: bigintText('call')
      .notNull()
      .references(() => calls.id, { onDelete: 'cascade' }),
    user_id: bigintText('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    draft: jsonb('draft').notNull(),
    updated_at: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.call, t.user_id] })],
)

/** Somebody to call back. */
export const callbacks = pgTable(
  'callbacks',
  {
    id: identity(),
    /** open · done · cancelled */
    state: text('state').notNull().default('open'),
    patient_id: bigintText('patient_id').references(() => patients.id),
    phone_key: text('phone_key'),
    phone: text('phone'),
    case_id: bigintText('case_id').references(() => cases.id),
    clinic_id: bigintText('clinic_id').references(() => clinics.id),
    due_at: instant('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    missed_count: integer('missed_count').notNull().default(0),
    last_missed_at: instant('last_missed_at'),
    /** A colleague's e-mail address, as in `cases`. */
    assigned_to: text('assigned_to'),
    reason: text('reason'),
    origin_call: bigintText('origin_call').references(() => calls.id, { onDelete: 'set null' }),
    result: text('result'),
    closed_at: instant('closed_at'),
    created_at: createdAt(),
    updated_at: updatedAt(),
    version: version(),
  },
  (t) => {
    const isOpen = sql`${t.state} = 'open'`
    return [
      uniqueIndex('callbacks_open_of_patient')
        .on(t.patient_id)
        .where(sql`${isOpen} and ${t.patient_id} is not null`),
      uniqueIndex('callbacks_open_of_number')
        .on(t.phone_key)
        .where(sql`${isOpen} and ${t.patient_id} is null and ${t.phone_key} is not null`),
      index('callbacks_due').on(t.due_at, t.id).where(isOpen),
      index('callbacks_of_patient').on(t.patient_id, t.created_at),
      check('callbacks_of_somebody', sql`${t.patient_id} is not null or ${t.phone_key} is not null`),
    ]
  },
)

/** A ticket by which a page in a frame gets a session from the window that is signed in: used once, at once. */
export const frameTickets = pgTable('frame_tickets', {
  token_hash: text('token_hash').primaryKey(),
  user_id: bigintText('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Of that window: what it handed out ends with it. */
  session_id: bigintText('session_id')
    .notNull()
    .references(() => sessions.id, { onDelete: 'cascade' }),
  connector: text('connector').notNull(),
  /** SHA-256, base64url, of what only the frame knows that asked. */
  challenge: text('challenge').notNull(),
  expires_at: instant('expires_at').notNull(),
})

export const apiKeys = pgTable('api_keys', {
  id: identity(),
  /** The part of the key that is not secret and finds the row. */
  public_id: text('public_id').notNull().unique(),
  /** SHA-256 of the whole key, hex. */
  hash: text('hash').notNull(),
  hint: text('hint').notNull(),
  /** The secret before the last rotation, still good until `previous_valid_until`. */
  previous_hash: text('previous_hash'),
  previous_valid_until: instant('previous_valid_until'),
  name: text('name').notNull(),
  description: text('description'),
  scopes: text('scopes').array().notNull(),
  profile: text('profile').notNull().default('full'),
  /** Null: every clinic. */
  clinic_ids: bigintText('clinic_ids').array(),
  ip_ranges: text('ip_ranges').array(),
  limit_per_minute: integer('limit_per_minute').notNull().default(1000),
  active: boolean('active').notNull().default(true),
  /** Answers from made-up people only, and keeps nothing. */
  sandbox: boolean('sandbox').notNull().default(false),
  expires_at: instant('expires_at'),
  revoked_at: instant('revoked_at'),
  last_used_at: instant('last_used_at'),
  created_at: createdAt(),
})

/** What platforms asked and told us lately, for whoever connects them: a week, then gone. Numbers are shown redacted. */
export const requestLog = pgTable(
  'request_log',
  {
    id: identity(),
    at: instant('at').notNull().default(now),
    /** lookup · event */
    kind: text('kind').notNull(),
    /** As in traces: `api_key:3`, `line:2`, `user:5`. */
    actor: text('actor').notNull(),
    api_key_id: bigintText('api_key_id').references(() => apiKeys.id),
    provider: text('provider'),
    /** The platform's id of the call. */
    call_id: text('call_id'),
    verdict: text('verdict'),
    status: integer('status').notNull(),
    ms: integer('ms').notNull(),
    /** As it was asked; to ask again with. */
    phone: text('phone'),
    /** Content type and body of an event, or the options of a lookup; to ask again with. */
    said: jsonb('said'),
    problem: text('problem'),
  },
  (t) => [
    index('request_log_newest').on(t.id.desc().nullsFirst()),
    index('request_log_of_key').on(t.api_key_id, t.id.desc().nullsFirst()),
    index('request_log_at').on(t.at),
    index('request_log_of_provider').on(t.provider, t.kind, t.at),
  ],
)

/** Somebody's server that is told what changes here. */
export const webhooks = pgTable('webhooks', {
  id: identity(),
  url: text('url').notNull(),
  description: text('description'),
  events: text('events').array().notNull(),
  /** Null: every clinic. */
  clinic_ids: bigintText('clinic_ids').array(),
  /** Sealed with the installation's secret: it must be read to sign. */
  secret: text('secret').notNull(),
  hint: text('hint').notNull(),
  /** The secret before the last rotation signs too until then. */
  previous_secret: text('previous_secret'),
  previous_valid_until: instant('previous_valid_until'),
  active: boolean('active').notNull().default(true),
  /** Why it was stopped, where we did. */
  stopped_because: text('stopped_because'),
  created_by: text('created_by').notNull(),
  created_at: createdAt(),
  version: version(),
})

/** One event on its way to one webhook; written with the change that it tells of. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: identity(),
    webhook_id: bigintText('webhook_id')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    /** The same at every attempt: who receives it twice can tell. */
    event_id: text('event_id').notNull(),
    type: text('type').notNull(),
    payload: jsonb('payload').notNull(),
    /** pending · delivered · dead */
    state: text('state').notNull().default('pending'),
    attempts: integer('attempts').notNull().default(0),
    next_at: instant('next_at').notNull().default(now),
    last_status: integer('last_status'),
    last_error: text('last_error'),
    created_at: createdAt(),
    delivered_at: instant('delivered_at'),
  },
  (t) => [
    uniqueIndex('webhook_deliveries_once').on(t.webhook_id, t.event_id),
    index('webhook_deliveries_of').on(t.webhook_id, t.id.desc().nullsFirst()),
    index('webhook_deliveries_due')
      .on(t.next_at)
      .where(sql`${t.state} = 'pending'`),
  ],
)

/** Requests of a key per minute. */
export const apiKeyUsage = pgTable(
  'api_key_usage',
  {
    api_key_id: bigintText('api_key_id')
      .notNull()
      .references(() => apiKeys.id),
    minute: instant('minute').notNull(),
    requests: integer('requests').notNull(),
    refused: integer('refused').notNull(),
  },
  (t) => [primaryKey({ columns: [t.api_key_id, t.minute] }), index('api_key_usage_minute').on(t.minute)],
)

/** Who was shown whom: one row per case or patient disclosed. Kept at least 24 months, as the Garante asks. */
export const accessEvents = pgTable(
  'access_events',
  {
    id: identity(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    case_id: bigintText('case_id'),
    patient_id: bigintText('patient_id').notNull(),
    /** The disclosure profile, or `match` for a case that was only listed in `matches`. */
    profile: text('profile').notNull(),
    provider: text('provider'),
    conversation_id: text('conversation_id'),
  },
  (t) => [index('access_events_of_patient').on(t.patient_id, t.at)],
)

/** What a platform was told about a call, for pages that only know the call's id. Kept for an hour. */
export const lookupConversations = pgTable(
  'lookup_conversations',
  {
    provider: text('provider').notNull(),
    conversation_id: text('conversation_id').notNull(),
    api_key_id: bigintText('api_key_id').notNull(),
    phone: text('phone').notNull(),
    called: text('called'),
    agent: text('agent'),
    case_id: bigintText('case_id'),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.provider, t.conversation_id, t.api_key_id] }),
    index('lookup_conversations_at').on(t.at),
  ],
)

/** Every change: who, what, which fields from what to what. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: identity(),
    at: instant('at').notNull().default(now),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    subject_id: text('subject_id').notNull(),
    /** `{field: {from, to}}`; never a secret. */
    changes: jsonb('changes').notNull(),
  },
  (t) => [index('audit_events_of_subject').on(t.subject, t.subject_id, t.id)],
)

/** First answers to requests that carried an `Idempotency-Key`, kept for a day. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** As traces name them: `api_key:3`, `user:5`. */
    actor: text('actor').notNull(),
    key: text('key').notNull(),
    request_hash: text('request_hash').notNull(),
    status: integer('status'),
    body: text('body'),
    created_at: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.actor, t.key] }), index('idempotency_keys_created').on(t.created_at)],
)

/** Facts about this installation: which demo was loaded, which key version the phone index has. */
export const installation = pgTable(
  'installation',
  {
    only: boolean('only').primaryKey().default(true),
    demo_loaded_at: instant('demo_loaded_at'),
    phone_key_version: text('phone_key_version'),
    created_at: createdAt(),
  },
  (t) => [check('one_row', sql`${t.only}`)],
)
