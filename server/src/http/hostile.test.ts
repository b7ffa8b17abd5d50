import { phoneKeys, phoneQuery } from '@clinicacrm/contract/phone.ts'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type Reply } from '../testing/harness.ts'
import { flawsOf, patiently } from '../testing/wire.ts'

// Whatever is sent: an answer in the guide's shape, never a 5xx, never somebody else's case.

let clinic: Clinic
/** By case: the three fields of its patient. */
const fieldsOf = new Map<string, string[]>()

const stored = [
  ['+39 06 2222 4444', '06/22224444 int. 12', null],
  ['3471234567', '+34 600 123 456', '347 1234567 / 06 1234567'],
  ['+1 (202) 555-0143', '00442079460018', null],
  ['0622224445', '+390622224446', 'tel:+41446681800'],
  ['+39 347 123 456', '+39 347 12345678', '2222 4444'],
  ['chiamare la moglie 333-5557777', '+52 1 55 1234 5678', '+54 9 11 2345 6789'],
  ['118', '06 2222', 'x118'],
] as const

beforeAll(async () => {
  clinic = await openClinic()
  for (const [phone, home_phone, cell_phone] of stored) {
    const { id } = await clinic.opens({ phone, home_phone, cell_phone })
    fieldsOf.set(id, [phone, home_phone ?? '', cell_phone ?? ''])
  }
})
// What an attack left behind would show in the next lookup or in the next batch that is written.
afterEach(async () => {
  const after = [(await get('/api/lookup?phone=0622224444')).body.case_id, (await get('/api/ready')).status]
  if (String(after) !== '1,200') throw new Error(`After this the next lookup and readiness were ${String(after)}.`)
})
afterAll(() => clinic.close())

const never = AbortSignal.timeout.bind(AbortSignal, 5_000)
const get = (path: string) => patiently(() => clinic.ask('GET', path, { signal: never() }))
const post = (
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = { 'content-type': 'application/json' },
) => patiently(() => clinic.ask('POST', '/api/lookup', { body, headers, signal: never() }))

function expectWellBehaved(reply: Reply) {
  expect(flawsOf(reply)).toEqual([])
  expect([200, 400, 404, 413, 415]).toContain(reply.status)
}

/** Any text, with what numbers are made of more often than chance would have it. */
const telephonic = fc
  .array(
    fc.constantFrom(
      ...Array.from('0123456789+-()/. ;:x,#*'),
      '00',
      '+39',
      '0039',
      'tel:',
      'sip:',
      '@',
      '\u0660',
      '\uFF10',
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''))
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom('\0', '\uD800', '\uDFFF', '\u202E', '\u0301', '\uFEFF', '%', '1'),
    maxLength: 300,
  }),
  telephonic,
)
/** A stored number, written by somebody careless. */
const nearMiss = fc
  .tuple(
    fc.constantFrom(...stored.flat().filter((text) => text !== null)),
    fc.nat(20),
    fc.constantFrom('', '0', '1', '+'),
  )
  .chain(([text, at, put]) =>
    fc.constantFrom(
      text,
      text.slice(0, at) + put + text.slice(at),
      text.slice(0, at) + text.slice(at + 1),
      text.replaceAll(/\D/g, ''),
      `+${text.replaceAll(/\D/g, '')}`,
      `00${text.replaceAll(/\D/g, '')}`,
      `+39${text}`,
      `${text} ext 12`,
    ),
  )

describe('arbitrary text as a number', () => {
  test('by GET is answered by the rules', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (phone) => {
        expectWellBehaved(await get(`/api/lookup?phone=${encodeURIComponent(phone.toWellFormed())}`))
      }),
      { numRuns: 400 },
    )
  })

  test('by POST, of any JSON type, is answered by the rules', async () => {
    const value = fc.oneof(anyText, fc.double(), fc.maxSafeInteger(), fc.bigInt().map(String), fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(value, async (phone) => expectWellBehaved(await post(JSON.stringify({ phone })))),
      { numRuns: 400 },
    )
  })

  test('finds a case exactly if one of its three fields holds that very number', async () => {
    let hits = 0
    await fc.assert(
      fc.asyncProperty(fc.oneof(nearMiss, telephonic), async (phone) => {
        const asked = phoneQuery(phone, 'IT')
        const holders = asked.kind === 'number' ? [...fieldsOf.keys()].filter((id) => holds(id, asked)) : []
        const { body } = await post(JSON.stringify({ phone }))
        const shown: string[] = (body.matches ?? []).map(({ case_id }: { case_id: string }) => case_id)
        expect(shown.toSorted()).toEqual(holders.toSorted())
        hits += shown.length
      }),
      { numRuns: 600 },
    )
    expect(hits, 'a property that never meets a case shows nothing').toBeGreaterThan(50)
  })

  function holds(id: string, asked: { key: string; ext: string | null }) {
    const keys = fieldsOf.get(id)!.flatMap((field) => phoneKeys(field, 'IT'))
    const same = keys.filter(({ key }) => key === asked.key)
    return same.some(({ ext }) => asked.ext === null || ext === null || ext === asked.ext)
  }
})

describe('arbitrary options', () => {
  const names = ['phone', 'on_missing', 'format', 'locale', 'provider', 'conversation_id', 'called', 'agent']
  const strange = ['__proto__', 'constructor', 'toString', 'phone[]', 'phone[a]', 'phone.0', 'PHONE', ' phone', '']
  const name = fc.constantFrom(...names, ...strange)

  test('in the address, also twice, also as prototype keys, are answered by the rules', async () => {
    const pairs = fc.array(fc.tuple(name, fc.oneof(anyText, nearMiss, fc.constantFrom('200', 'flat', 'text', 'it'))))
    await fc.assert(
      fc.asyncProperty(pairs, async (query) => {
        expectWellBehaved(await get(`/api/lookup?${new URLSearchParams(query).toString()}`))
      }),
      { numRuns: 300 },
    )
  })

  test('in the body are answered by the rules, and none reaches a prototype', async () => {
    const body = fc.dictionary(name, fc.oneof(anyText, nearMiss, fc.jsonValue()))
    await fc.assert(
      fc.asyncProperty(body, async (json) => expectWellBehaved(await post(JSON.stringify(json)))),
      { numRuns: 300 },
    )
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('bytes that are no UTF-8, percent-encoded or not, are answered by the rules', async () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 60 }).map((each) => Buffer.from(each))
    await fc.assert(
      fc.asyncProperty(bytes, async (raw) => {
        const encoded = [...raw].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
        expectWellBehaved(await get(`/api/lookup?phone=${encoded}`))
        expectWellBehaved(await post(raw))
        expectWellBehaved(await post(Buffer.concat([Buffer.from('{"phone":"'), raw, Buffer.from('"}')])))
        expect(flawsOf(await get(`/api/lookup/${encoded}/${encoded}`))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('the same call id, spelled in ways the database keeps alike, does not stop the record of calls', async () => {
    const provider = 'genesys'
    await Promise.all(
      ['\uD800', '\uDFFF', '\uFFFD', '\uD800\0', '\0\uFFFD'].map((conversation_id) =>
        post(JSON.stringify({ phone: '\0+39 06 2222 4444\0', provider, conversation_id })),
      ),
    )
    await expect.poll(async () => (await get('/api/lookup/genesys/%EF%BF%BD')).body.case_id).toBe('1')
    await post(JSON.stringify({ phone: '+39 06 2222 4444', provider, conversation_id: 'later' }))
    await expect.poll(async () => (await get('/api/lookup/genesys/later')).status).toBe(200)
  })

  test('a call id with a NUL is a call id, and asking for it harms nobody else', async () => {
    const failures = async () =>
      /^clinicacrm_database_failures_total (\d+)$/m.exec((await get('/api/metrics')).text)?.[1]
    const before = await failures()
    expect((await get('/api/lookup/x/%00')).status).toBe(404)
    expect(await failures()).toBe(before)
  })
})

describe('JSON that is meant to hurt', () => {
  const deep = (depth: number, [open, close]: [string, string]) => open.repeat(depth) + close.repeat(depth)
  test.each<[string, string]>([
    ['nested arrays', deep(7_000, ['[', ']'])],
    ['nested objects', `${'{"phone":'.repeat(1_500)}1${'}'.repeat(1_500)}`],
    ['a deep phone', `{"phone":${deep(7_000, ['[', ']'])}}`],
    ['ten thousand keys', JSON.stringify(Object.fromEntries(Array.from({ length: 1_200 }, (_, i) => [`k${i}`, i])))],
    ['the same key again and again', `{${'"phone":"1",'.repeat(1_000)}"phone":"nobody"}`],
    ['__proto__', '{"__proto__":{"phone":"+39 06 2222 4444"},"phone":"1"}'],
    ['constructor.prototype', '{"constructor":{"prototype":{"phone":"1"}}}'],
    ['a huge number', `{"phone":${'9'.repeat(5_000)}}`],
    ['infinity', '{"phone":1e999}'],
    ['a negative number', '{"phone":-390622224444}'],
    ['a fraction', '{"phone":390622224444.5}'],
    ['scalars', '"+39 06 2222 4444"'],
    ['null', 'null'],
    ['true', 'true'],
    ['a list', '["+39 06 2222 4444"]'],
    ['escapes', `{"phone":"${String.raw`\u0000`.repeat(200)}"}`],
    ['combining marks', JSON.stringify({ phone: `3${'\u0301'.repeat(255)}` })],
    ['what catches slow patterns', JSON.stringify({ phone: `${'0 '.repeat(127)}!` })],
    ['what catches slow patterns of SIP', JSON.stringify({ phone: `sip:${'"<'.repeat(120)}@` })],
    ['what catches slow patterns of extensions', JSON.stringify({ phone: `1${' ext'.repeat(60)}` })],
  ])('%s is answered by the rules, with no case', async (_, body) => {
    const reply = await post(body)
    expectWellBehaved(reply)
    expect(reply.status).toBeGreaterThanOrEqual(400)
  })
})
