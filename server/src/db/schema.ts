import { isNull, sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bigintText, identity, instant, now } from './columns.ts'

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
    /** The clinic that registered the person; a key limited to clinics knows a patient without cases only by it. */
    clinic_id: bigintText('clinic_id').references(() => clinics.id),
    /** Folded names, e-mail and digits of every number: what the search box reads. */
    search_text: text('search_text').notNull().default(''),
    /** Rules, library and country that `phone_keys` was built by; see `phoneKeyVersion`. */
    key_version: text('key_version').notNull(),
    created_at: createdAt(),
    updated_at: updatedAt(),
    version: version(),
  },
  (t) => [
    index('patients_search').using('gin', sql`${t.search_text} gin_trgm_ops`),
    index('patients_newest').on(t.created_at.desc().nullsFirst(), t.id.desc().nullsFirst()),
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
    dialer_campaign_tag: text('dialer_campaign_tag'),
    assigned_to: text('assigned_to'),
    created_at: createdAt(),
    updated_at: updatedAt(),
    deleted_at: instant('deleted_at'),
    version: version(),
  },
  (t) => [
    index('cases_of_patient')
      .on(t.patient_id, t.created_at.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(isNull(t.deleted_at)),
    index('cases_newest').on(t.created_at.desc().nullsFirst(), t.id.desc().nullsFirst()).where(isNull(t.deleted_at)),
    index('cases_follow_up')
      .on(t.follow_up_date)
      .where(sql`${t.deleted_at} is null and ${t.follow_up_date} is not null`),
  ],
)

export const notes = pgTable(
  'notes',
  {
    id: identity(),
    case_id: bigintText('case_id')
      .notNull()
      .references(() => cases.id),
    author: text('author').notNull(),
    body: text('body').notNull(),
    created_at: createdAt(),
  },
  (t) => [index('notes_of_case').on(t.case_id, t.created_at.desc().nullsFirst(), t.id.desc().nullsFirst())],
)

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
  expires_at: instant('expires_at'),
  revoked_at: instant('revoked_at'),
  last_used_at: instant('last_used_at'),
  created_at: createdAt(),
})

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
    api_key_id: bigintText('api_key_id').notNull(),
    key: text('key').notNull(),
    request_hash: text('request_hash').notNull(),
    status: integer('status'),
    body: text('body'),
    created_at: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.api_key_id, t.key] }), index('idempotency_keys_created').on(t.created_at)],
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
