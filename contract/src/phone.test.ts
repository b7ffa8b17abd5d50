import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  maxPhoneEchoLength,
  maxPhoneQueryLength,
  maxPhoneTextLength,
  phoneKeys,
  phoneKeyVersion,
  phoneQuery,
} from './phone.ts'

// A table of texts: one a line, or several between "¦".
const rows = (table: string): string[] => table.trim().split(/\s*[\n¦]\s*/)

const ask = (text: string) => phoneQuery(text, 'IT')
const askUrl = (text: string) => phoneQuery(text, 'IT', { fromQueryString: true })

describe('the numbers of the integration guide', () => {
  test('"+39 06 2222 4444" is a valid number of one key', () => {
    expect(ask('+39 06 2222 4444')).toEqual({
      kind: 'number',
      key: '390622224444',
      ext: null,
      e164: '+390622224444',
      valid: true,
      echo: '+39 06 2222 4444',
    })
  })

  test.each(['+39 123 456 7890', '+391234567890', '391234567890', '0039 123 456 7890'])(
    '%j is possible, not valid, and asked for all the same',
    (text) => {
      expect(ask(text)).toMatchObject({ kind: 'number', key: '391234567890', e164: '+391234567890', valid: false })
      expect(phoneKeys(text, 'IT')).toEqual([{ key: '391234567890', ext: null }])
    },
  )

  test('the test script’s two encoded URLs arrive as the numbers they mean', () => {
    expect(askUrl(decodeURIComponent('%2B3906%202222%204444'))).toMatchObject({ key: '390622224444', valid: true })
    expect(askUrl(decodeURIComponent('%2B391234567890'))).toMatchObject({ key: '391234567890', valid: false })
  })
})

describe('rule 2: in a query string a blank may be a lost "+"', () => {
  test.each([
    [' 391234567890', '391234567890', '+391234567890'],
    [' 3906 2222 4444', '390622224444', '+3906 2222 4444'],
    ['  3906 2222 4444', '390622224444', ' +3906 2222 4444'],
    ['   393332224444', '393332224444', '  +393332224444'],
    [' 442079460018', '442079460018', '+442079460018'],
    [' 33142345678', '33142345678', '+33142345678'],
    [' (39) 06 2222 4444', '390622224444', '+(39) 06 2222 4444'],
    ['tel: 390622224444', '390622224444', 'tel:+390622224444'],
    ['sip: 390622224444@10.0.0.1', '390622224444', 'sip:+390622224444@10.0.0.1'],
    ['<sip: 390622224444@10.0.0.1>', '390622224444', '<sip:+390622224444@10.0.0.1>'],
  ])('%j has lost one: key %s, echoed as %j', (text, key, echo) => {
    expect(askUrl(text)).toMatchObject({ kind: 'number', key, echo })
  })

  test.each([
    [' 06 2222 4444', '390622224444'],
    ['  06 2222 4444', '390622224444'],
    [' 333 222 4444', '393332224444'],
    [' 391 234 5678', '393912345678'],
    [' 0039 06 2222 4444', '390622224444'],
    [' +39 06 2222 4444', '390622224444'],
    [' 118', 'x118'],
    ['+39 06 2222 4444', '390622224444'],
  ])('%j has not: key %s, echoed verbatim', (text, key) => {
    expect(askUrl(text)).toMatchObject({ kind: 'number', key, echo: text })
  })

  test('a withheld marker that lost its "+" is still withheld', () => {
    expect(askUrl(' 266696687')).toEqual({ kind: 'withheld', echo: '+266696687' })
  })

  test('outside a query string a leading blank means nothing', () => {
    expect(ask(' 3912345678')).toMatchObject({ key: '393912345678', echo: ' 3912345678' })
  })
})

describe('rule 4: a caller who hides the number is an answer, not an error', () => {
  test.each([
    ...rows(`
      anonymous ¦ Anonymous ¦ ANONYMOUS ¦ "Anonymous" ¦ restricted ¦ Private ¦ private number ¦ Unavailable
      number unavailable ¦ UNKNOWN ¦ unknown caller ¦ UnknownNumber ¦ withheld ¦ Number withheld ¦ blocked
      Caller ID blocked ¦ hidden ¦ hidden number ¦ No Caller ID ¦ NO_CALLER_ID ¦ NoCallerID ¦ out of area
      Out-Of-Area ¦ not available ¦ +anonymous ¦ ａｎｏｎｙｍｏｕｓ ¦ anonimo ¦ Numero anonimo ¦ privato ¦ NUMERO PRIVATO
      numero riservato ¦ sconosciuto ¦ Nascosto ¦ numero sconosciuto ¦ chiamante sconosciuto
      numero non disponibile ¦ ID chiamante nascosto ¦ anónimo ¦ ANÓNIMO ¦ Número anónimo ¦ privado
      Número privado ¦ oculto ¦ número oculto ¦ NÚMERO OCULTO ¦ desconocido ¦ Llamante desconocido ¦ restringido
      no disponible ¦ Número no disponible ¦ anónima ¦ sip:anonymous@anonymous.invalid
      anonymous@anonymous.invalid ¦ "Anonymous" <sip:anonymous@x> ¦ sip:restricted@1.2.3.4
      sips:unavailable@unknown.invalid ¦ <sip:Anonymous@10.0.0.1:5060;user=phone>;tag=77
      "Rossi 06 2222 4444" <sip:anonymous@x> ¦ tel:anonymous ¦ sip:anonymous;phone-context=+39@x
    `),
    ' anonymous ',
    'anon\u200bymous',
  ])('%j is withheld', (text) => {
    expect(ask(text)).toEqual({ kind: 'withheld', echo: text })
    expect(phoneKeys(text, 'IT')).toEqual([])
  })

  test.each(
    rows(`
      +266696687 ¦ +26 669 6687 ¦ sip:+266696687@10.0.0.1 ¦ +7378742833 ¦ +2562533 ¦ +8656696 ¦ +86282452253 ¦ 0
      00 ¦ 000000 ¦ 0000000000 ¦ +0 ¦ +00000000 ¦ 000-000-0000 ¦ tel:0000000
    `),
  )('%j, a marker sent as a number, is withheld and never indexed', (text) => {
    expect(ask(text)).toEqual({ kind: 'withheld', echo: text })
    expect(phoneKeys(text, 'IT')).toEqual([])
  })

  test.each(['266696687', '7378742833', '2562533', '8656696', '86282452253'])(
    '%j without the plus can be somebody’s number',
    (text) => {
      expect(ask(text).kind).toBe('number')
    },
  )

  test('a display name that says anonymous does not hide the number behind it', () => {
    expect(ask('"Anonymous" <sip:+390622224444@x>')).toMatchObject({ kind: 'number', key: '390622224444' })
  })
})

describe('rule 19: what cannot be a number is an integration’s mistake; what can be is never refused', () => {
  test.each([
    ...rows(`
      + ¦ - ¦ () ¦ tel: ¦ alice ¦ Mario Rossi ¦ tel:alice ¦ null ¦ undefined ¦ NaN ¦ [object Object] ¦ * ¦ % ¦ %%%
      ???? ¦ _ ¦ ____ ¦ 39* ¦ +3906% ¦ 06222244__ ¦ 0622224444% ¦ 06?2224444 ¦ {{phone}} ¦ {{phone1}}
      {{ contact.phone }} ¦ $(caller) ¦ @Call.ANI@ ¦ %ANI% ¦ <phone> ¦ [[number]] ¦ sip:{{ani}}@pbx
      12345678901234567 ¦ 390622224444390622224444 ¦ 3.93331E+11 ¦ 3,93331E+11 ¦ 39e10 ¦ AB123456 ¦ 06 2222 444O
      0622224444A ¦ 18:30 ¦ 12/05/1980 ¦ ' OR 1=1 -- ¦ <script>alert(1)</script> ¦ 📞
    `),
    '',
    ' ',
    '\t\n',
    '\u00a0',
    '\u200b',
    '${ani}',
    'sip:${ani1}@pbx',
    '1'.repeat(200),
    '\ud800',
    '\u0000',
    '\u202e',
    'é'.repeat(200),
  ])('%j is invalid', (text) => {
    expect(ask(text).kind).toBe('invalid')
  })

  test.each(
    rows(`
      sip:alice@pbx ¦ sip:agent.7@x ¦ sips:mario.rossi@clinic.example ¦ agent7@10.0.0.1 ¦ <sip:alice@pbx>
      "06 2222 4444" <sip:alice@pbx:5060> ¦ "Mario" <sip:mario@10.0.0.1;user=phone>;tag=0622224444 ¦ sip:*97@pbx
      sip:10.0.0.1 ¦ sip:10.0.0.1:5060 ¦ sip:@pbx ¦ sip:pbx.example ¦ sip:7f3c2a10-0622224444@pbx
    `),
  )('%j is a SIP user without a number', (text) => {
    expect(ask(text)).toEqual({ kind: 'internal', echo: text })
    expect(phoneKeys(text, 'IT')).toEqual([])
  })

  test.each([
    ['1', 'x1'],
    ['118', 'x118'],
    ['1500', 'x1500'],
    ['204', 'x204'],
    ['sip:204@pbx', 'x204'],
    ['tel:118', 'x118'],
    ['+118', 'x118'],
    ['4-4-2', 'x442'],
    ['999999999999999', 'x999999999999999'],
  ])('%j is a number of no plan: key %s, without E.164', (text, key) => {
    expect(ask(text)).toMatchObject({ kind: 'number', key, e164: null, valid: false })
  })
})

describe('the echo is the text as asked, short and sound', () => {
  test.each([
    ['06 2222 4444 '.repeat(10), '06 2222 4444 '.repeat(10).slice(0, 64)],
    ['📞'.repeat(100), '📞'.repeat(64)],
    ['a' + '📞'.repeat(100), 'a' + '📞'.repeat(63)],
    ['  tel: 06  ', '  tel: 06  '],
    ['０６', '０６'],
    ['\ud800', '\ufffd'],
  ])('%j', (text, echo) => {
    expect(ask(text).echo).toBe(echo)
    expect(Array.from(echo).length).toBeLessThanOrEqual(maxPhoneEchoLength)
  })
})

describe('long texts cost nothing and give nothing wrong', () => {
  test('a query longer than the limit is invalid, whatever it holds', () => {
    expect(ask('+390622224444'.padEnd(maxPhoneQueryLength)).kind).toBe('number')
    expect(ask('+390622224444'.padEnd(maxPhoneQueryLength + 1)).kind).toBe('invalid')
  })

  test('a stored text is read up to its limit, and the number the limit cuts is left out', () => {
    const note = 'casa 06 2222 4444, '
    const filler = 'x'.repeat(maxPhoneTextLength - note.length - 11)
    expect(phoneKeys(`${note}${filler}, 333 222 4444`, 'IT')).toEqual([{ key: '390622224444', ext: null }])
  })
})

describe('rule 20: the default country decides what numbers without a code are', () => {
  test.each([
    ['IT', '06 2222 4444', '390622224444'],
    ['ES', '91 234 56 78', '34912345678'],
    ['ES', '600 12 34 56', '34600123456'],
    ['ES', '34912345678', '34912345678'],
    ['ES', '0034 912 345 678', '34912345678'],
    ['ES', '390622224444', '390622224444'],
    ['ES', '+39 6 2222 4444', '390622224444'],
    ['ES', '+39 0549 886000', '3780549886000'],
    ['US', '(212) 555-0123', '12125550123'],
    ['US', '1 212 555 0123', '12125550123'],
    ['US', '011 39 06 2222 4444', '390622224444'],
    ['US', '00 39 06 2222 4444', '390622224444'],
    ['GB', '020 7946 0018', '442079460018'],
    ['DE', '030 123456', '4930123456'],
    ['FR', '01 42 34 56 78', '33142345678'],
    ['MX', '55 1234 5678', '525512345678'],
    ['AU', '0011 39 06 2222 4444', '390622224444'],
    ['RU', '8 (495) 123-45-67', '74951234567'],
  ] as const)('in %s, %j is %s', (country, text, key) => {
    expect(phoneQuery(text, country)).toMatchObject({ kind: 'number', key })
    expect(phoneKeys(text, country)).toEqual([{ key, ext: null }])
  })
})

describe('rule 22: a key says which rules made it', () => {
  test('the version names the rules, the library and the country', () => {
    expect(phoneKeyVersion('IT')).toBe('1/1.13.16/IT')
    expect(phoneKeyVersion('ES')).toBe('1/1.13.16/ES')
  })

  test('the library named is the library installed', () => {
    const library = new URL('../package.json', import.meta.resolve('libphonenumber-js/max'))
    expect(JSON.parse(readFileSync(library, 'utf8'))).toMatchObject({ version: phoneKeyVersion('IT').split('/')[1] })
  })
})
