import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDemo } from '../demo.ts'
import { type Clinic, openClinic } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: [] })
  await loadDemo(clinic.work)
})
afterAll(() => clinic.close())

const guide = {
  found: true,
  case_id: '9',
  patient: {
    name: 'Antonio Dorato',
    phone: '+39 06 2222 4444',
    home_phone: '+39 06 2222 4444',
    cell_phone: '+39 333 222 4444',
    email: 'antonio.dorato@email.com',
  },
  case: {
    status: 'APPUNTAMENTO',
    clinic: 'Centro Oculistico Roma',
    treatment: 'SMILE Surgery',
    disposition: 'SMILE evaluation',
    outcome: 'Professional athlete',
    created_at: '2025-07-08T16:57:06.836704+00:00',
    follow_up_date: '2025-07-12T16:57:06.836704+00:00',
  },
  screen_pop_url: 'https://crm.example/it/cases/9',
  phone_searched: '+39 06 2222 4444',
}

describe('the guide, word for word', () => {
  test('the test number answers case 9 with the documented keys in the documented order, ours after them', async () => {
    const { status, text, headers } = await clinic.lookup('+39 06 2222 4444')
    expect(status).toBe(200)
    expect(text.startsWith(JSON.stringify(guide).slice(0, -1))).toBe(true)
    expect(Object.keys(JSON.parse(text)).slice(6)).toEqual(['match_count', 'people_count', 'matches'])
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('POST answers as GET does', async () => {
    const { body } = await clinic.ask('POST', '/api/lookup', { json: { phone: '+39 06 2222 4444' } })
    expect(body).toMatchObject(guide)
  })

  test('the unknown number answers 404 in the documented words', async () => {
    const { status, text } = await clinic.lookup('+391234567890')
    expect(status).toBe(404)
    const documented = {
      found: false,
      message: 'No case found for phone number: +391234567890',
      phone: '+391234567890',
    }
    expect(text.startsWith(JSON.stringify(documented).slice(0, -1))).toBe(true)
    expect(JSON.parse(text)).toMatchObject({
      patient_known: false,
      new_case_url: 'https://crm.example/it/cases/new?phone=%2B391234567890',
    })
  })

  test('a missing number answers 400 in the documented words', async () => {
    const { status, text } = await clinic.ask('GET', '/api/lookup')
    expect(status).toBe(400)
    expect(text).toBe(
      '{"error":"Phone number is required","message":"Please provide a phone number in the query parameter: ?phone=+391234567890"}',
    )
  })

  test('a POST without a number speaks of the request body', async () => {
    for (const json of [
      undefined,
      {},
      null,
      { phone: '' },
      { phone: '  ' },
      { phone: ['+39'] },
      { phone: { $gt: '' } },
    ]) {
      const { status, body } = await clinic.ask('POST', '/api/lookup', json === undefined ? {} : { json })
      expect(status).toBe(400)
      expect(body.error).toBe('Phone number is required')
      expect(body.message).toContain('request body')
    }
  })

  test('without a valid key nobody learns anything else', async () => {
    const wrong = ['', 'short', 'ccrm_live_AAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'x'.repeat(5000)]
    for (const key of [null, ...wrong]) {
      for (const [method, path, body] of [
        ['GET', '/api/lookup?phone=%2B3906%202222%204444', undefined],
        ['GET', '/api/lookup', undefined],
        ['DELETE', '/api/lookup', undefined],
        ['POST', '/api/lookup', '{broken'],
        ['POST', '/api/lookup', `{"phone":"${'9'.repeat(100_000)}"}`],
      ] as const) {
        const { status, text } = await clinic.ask(method, path, {
          key,
          headers: { 'content-type': 'application/json' },
          ...(body && { body }),
        })
        expect([status, text]).toEqual([401, '{"error":"Unauthorized"}'])
      }
    }
  })

  test('a Bearer token is as good as the header; two different keys are none', async () => {
    const authorization = `Bearer ${clinic.key}`
    const bearer = await clinic.lookup('+39 06 2222 4444', {}, { key: null, headers: { authorization } })
    expect(bearer.status).toBe(200)
    const both = await clinic.lookup('+39 06 2222 4444', {}, { key: `${clinic.key}x`, headers: { authorization } })
    expect(both.status).toBe(401)
  })
})

describe('the number, as people and carriers write it', () => {
  test.each([
    '?phone=%2B3906%202222%204444',
    '?phone=+390622224444',
    '?phone=+39 06 2222 4444',
    '?phone=%20390622224444',
    '?phone=390622224444',
    '?phone=00390622224444',
    '?phone=06%2F22224444',
    '?phone=(06)%202222-4444',
    '?phone=tel:%2B390622224444',
    '?phone=sip:%2B390622224444@10.0.0.1:5060;transport=udp',
    '?phone=%22Rossi%22%20%3Csip:0622224444@pbx.local%3E',
    '?phone=%EF%BC%90%EF%BC%96%EF%BC%92%EF%BC%92%EF%BC%92%EF%BC%92%EF%BC%94%EF%BC%94%EF%BC%94%EF%BC%94',
    '?phone=%252B390622224444',
    '?phone=3332224444',
    '?phone=%2B393332224444',
  ])('GET %s finds case 9', async (query) => {
    const { status, body } = await clinic.ask('GET', `/api/lookup${query}`)
    expect([status, body.case_id]).toEqual([200, '9'])
  })

  test('a plus lost to URL decoding comes back in the echo', async () => {
    expect((await clinic.ask('GET', '/api/lookup?phone=+390622224444')).body.phone_searched).toBe('+390622224444')
    expect((await clinic.ask('GET', '/api/lookup?phone=+391234567890')).body.phone).toBe('+391234567890')
  })

  test('the echo is cut at 64 characters', async () => {
    const { body } = await clinic.lookup(`+39 06 2222 4444${' '.repeat(80)}`)
    expect(body.phone_searched).toHaveLength(64)
  })

  test('a JSON number is a number', async () => {
    const { body } = await clinic.ask('POST', '/api/lookup', { json: { phone: 390622224444 } })
    expect(body).toMatchObject({ case_id: '9', phone_searched: '390622224444' })
  })

  test.each(['nobody', '%', '_', '{{phone}}', '@Call.ANI@', '1'.repeat(40)])(
    '"%s" can be no number: 400',
    async (text) => {
      const { status, body } = await clinic.lookup(text)
      expect(status).toBe(400)
      expect(body.error).toBe('Invalid phone number')
    },
  )

  test('a withheld caller is everyday life, not an error, and gets no new-case link', async () => {
    for (const text of [
      'anonymous',
      'Restricted',
      'sip:anonymous@anonymous.invalid',
      'numero nascosto',
      '+266696687',
    ]) {
      const { status, body } = await clinic.lookup(text)
      expect(status).toBe(404)
      expect(body).toMatchObject({ found: false, reason: 'withheld', patient_known: false })
      expect(body).not.toHaveProperty('new_case_url')
    }
  })

  test('a similar number is another subscriber', async () => {
    for (const text of ['+39 06 2222 4445', '+34 622224444', '2222 4444', '+39 06 2222 44444', '+41 6 2222 4444']) {
      expect((await clinic.lookup(text)).body.found, text).toBe(false)
    }
  })
})

describe('what platforms force', () => {
  test('on_missing=200 turns only the miss into 200', async () => {
    expect((await clinic.lookup('+391234567890', { on_missing: '200' })).status).toBe(200)
    expect((await clinic.lookup('nobody', { on_missing: '200' })).status).toBe(400)
    const posted = await clinic.ask('POST', '/api/lookup', { json: { phone: '+391234567890', on_missing: 200 } })
    expect([posted.status, posted.body.found]).toEqual([200, false])
  })

  test('format=flat is one level of strings, unknown ones absent', async () => {
    const hit = await clinic.lookup('+393332224444', { format: 'flat' })
    expect(hit.body).toEqual({
      found: 'true',
      case_id: '9',
      patient_name: 'Antonio Dorato',
      first_name: 'Antonio',
      last_name: 'Dorato',
      case_status: 'APPUNTAMENTO',
      clinic: 'Centro Oculistico Roma',
      treatment: 'SMILE Surgery',
      screen_pop_url: 'https://crm.example/it/cases/9',
      match_count: '2',
      people_count: '1',
    })
    const miss = await clinic.lookup('+391234567890', { format: 'flat' })
    expect([miss.status, miss.body]).toEqual([404, { found: 'false', reason: 'not_found', match_count: '0' }])
  })

  test('format=text is one display line, empty when unknown', async () => {
    const hit = await clinic.lookup('+393332224444', { format: 'text' })
    expect([hit.text, hit.headers.get('content-type')]).toEqual([
      'Antonio Dorato - APPUNTAMENTO',
      'text/plain; charset=utf-8',
    ])
    expect((await clinic.lookup('+391234567890', { format: 'text', on_missing: '200' })).text).toBe('')
  })

  test('the locale of the links can be asked for', async () => {
    expect((await clinic.lookup('+393332224444', { locale: 'es' })).body.screen_pop_url).toBe(
      'https://crm.example/es/cases/9',
    )
  })

  test('an unknown option value is refused by name, an unknown parameter is a platform’s own business', async () => {
    const { status, body } = await clinic.lookup('+393332224444', { format: 'xml' })
    expect(status).toBe(400)
    expect(body.message).toContain('format')
    expect((await clinic.lookup('+393332224444', { utm_source: 'x' })).status).toBe(200)
  })

  test('the result of a call is kept for pages that only know the call’s id', async () => {
    await clinic.lookup('+393332224444', { provider: 'genesys-cloud', conversation_id: 'c-1' })
    await clinic.lookup('+391234567890', { provider: 'genesys-cloud', conversation_id: 'c-2' })
    await expect
      .poll(() => clinic.ask('GET', '/api/lookup/genesys-cloud/c-1').then(({ body }) => body.case_id))
      .toBe('9')
    const miss = await clinic.ask('GET', '/api/lookup/genesys-cloud/c-2')
    expect([miss.status, miss.body.phone]).toEqual([404, '+391234567890'])
    await clinic.rows(`update lookup_conversations set at = now() - interval '61 minutes'`)
    expect((await clinic.ask('GET', '/api/lookup/genesys-cloud/c-1')).body.code).toBe('not_found')
  })
})
