import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, test } from 'vitest'
import { type Country, phoneKeys, phoneQuery } from './phone.ts'

// A table of texts: one a line, or several between "¦".
const rows = (table: string): string[] => table.trim().split(/\s*[\n¦]\s*/)

const expectKey = (country: Country, key: string, text: string) => {
  expect(phoneQuery(text, country)).toMatchObject({ kind: 'number', key, valid: true })
  expect(phoneKeys(text, country).map((found) => found.key)).toEqual([key])
}

describe('an Italian line is one line in every writing', () => {
  test.each(
    rows(`
      06 2222 4444 ¦ 0622224444 ¦ 06-22224444 ¦ 06/22224444 ¦ 06.2222.4444 ¦ (06) 2222 4444 ¦ 06 22 22 44 44
      06/2222-4444 ¦ 06 / 2222 4444 ¦ 06 - 2222 4444 ¦ 06 2222/4444 ¦ +39 06 2222 4444 ¦ +390622224444
      +39.06.22224444 ¦ +39-06-2222-4444 ¦ +39/06/22224444 ¦ (+39) 06 2222 4444 ¦ +39 (06) 2222 4444
      + 39 06 2222 4444 ¦ [+39] 0622224444 ¦ 0039 06 2222 4444 ¦ 00390622224444 ¦ 00 39 06 2222 4444
      (0039) 06 22224444 ¦ 39 06 2222 4444 ¦ 390622224444 ¦ (39) 06 2222 4444 ¦ 011 39 06 2222 4444
      011390622224444 ¦ 0622224444.0 ¦ 390622224444.0 ¦ +390622224444.00
    `),
  )('Rome as %j', (text) => expectKey('IT', '390622224444', text))

  test.each(
    rows(`
      333 222 4444 ¦ 3332224444 ¦ 333-2224444 ¦ 333/2224444 ¦ 333.222.4444 ¦ (333) 2224444 ¦ 333 22 24 444
      +39 333 222 4444 ¦ +393332224444 ¦ 0039 333 2224444 ¦ 00393332224444 ¦ 39 333 2224444 ¦ 393332224444
      011 39 333 2224444 ¦ (+39) 333-2224444 ¦ 3332224444.0 ¦ 3 3 3 2 2 2 4 4 4 4
    `),
  )('a mobile as %j', (text) => expectKey('IT', '393332224444', text))

  test.each([
    ['02 12345678', '390212345678'],
    ['011 234567', '39011234567'],
    ['051 6012345', '390516012345'],
    ['0573 367890', '390573367890'],
    ['0165 12345', '39016512345'],
    ['0332 2224444', '3903322224444'],
    ['800 123 456', '39800123456'],
    ['3333333333', '393333333333'],
    ['391 234 5678', '393912345678'],
    ['390 622 2244', '393906222244'],
  ])('%j is %s', (text, key) => expectKey('IT', key, text))
})

describe('rule 5: with "+" the number is international', () => {
  test.each(
    rows(`
      +0039 06 2222 4444 ¦ +00390622224444 ¦ +0390622224444 ¦ ++39 06 2222 4444 ¦ + +39 06 2222 4444
      +39 +39 06 2222 4444 ¦ +39+390622224444 ¦ 0039+390622224444 ¦ 39 +39 06 2222 4444
    `),
  )('%j is Rome', (text) => expectKey('IT', '390622224444', text))

  test.each([
    ['+44 20 7946 0018', '442079460018'],
    ['+0044 20 7946 0018', '442079460018'],
    ['+33 1 42 34 56 78', '33142345678'],
    ['+1 212 555 0123', '12125550123'],
    ['+800 1234 5678', '80012345678'],
  ])('%j is %s, whatever the default country', (text, key) => {
    for (const country of ['IT', 'ES', 'US', 'DE', 'MX'] as const) expectKey(country, key, text)
  })

  test('a "+" put before a national number does not send it to Indonesia', () => {
    expectKey('IT', '390622224444', '+06 2222 4444')
  })
})

describe('rule 6: "(0)" needs no special case', () => {
  test.each([
    ['+39 (0)6 2222 4444', '390622224444'],
    ['+39 (0) 6 2222 4444', '390622224444'],
    ['0039 (0)6 2222 4444', '390622224444'],
    ['+44 (0)20 7946 0018', '442079460018'],
    ['0044 (0)20 7946 0018', '442079460018'],
    ['+49 (0)30 123456', '4930123456'],
    ['+33 (0)1 42 34 56 78', '33142345678'],
    ['+41 (0)44 668 18 00', '41446681800'],
  ])('%j is %s: the plan keeps the 0 or drops it', (text, key) => expectKey('IT', key, text))
})

describe('rules 7 and 8: without "+", national first, then international, then an exit code', () => {
  test.each([
    ['33142345678', '33142345678', 'Paris, not an Italian voicemail box'],
    ['34912345678', '34912345678', 'Madrid, not an Italian voicemail box'],
    ['442079460018', '442079460018', 'London'],
    ['12125550123', '12125550123', 'New York'],
    ['0033142345678', '33142345678', 'Paris by 00'],
    ['01133142345678', '33142345678', 'Paris by 011'],
    ['011 44 20 7946 0018', '442079460018', 'London by 011'],
    ['011 2345678', '390112345678', 'Turin, whose area is 011'],
    ['3281234567', '393281234567', 'an Italian mobile, though Belgium is +32'],
  ])('%j is %s: %s', (text, key) => expectKey('IT', key, text))

  test.each(['+39 333 1234567 0', '+39 333 1234567 00', '3932812345678'])(
    'a mobile with a stray digit, %j, is not valid',
    (text) => {
      expect(phoneQuery(text, 'IT')).toMatchObject({ kind: 'number', valid: false })
    },
  )
})

describe('rule 9: where a trunk prefix is dialled, the own code without it is international', () => {
  test.each([
    ['DE', '4930123456', '4930123456'],
    ['DE', '49 30 123456', '4930123456'],
    ['DE', '030 123456', '4930123456'],
    ['DE', '0171 2345678', '491712345678'],
    ['DE', '491712345678', '491712345678'],
    ['GB', '442079460018', '442079460018'],
    ['GB', '2079460018', '442079460018'],
    ['GB', '02079460018', '442079460018'],
    ['US', '12125550123', '12125550123'],
    ['US', '2125550123', '12125550123'],
    ['MX', '525512345678', '525512345678'],
    ['MX', '5512345678', '525512345678'],
    ['IT', '3906222244', '393906222244'],
  ] as const)('in %s, %j is %s', (country, text, key) => expectKey(country, key, text))
})

describe('rule 10: a repair is believed only if it makes a valid number', () => {
  test.each(
    rows(`
      +39 39 06 2222 4444 ¦ +39390622224444 ¦ 39390622224444 ¦ +39 0039 06 2222 4444 ¦ 39 0039 06 2222 4444
      003939 06 2222 4444 ¦ +39 6 2222 4444 ¦ +39622224444 ¦ 0039 6 2222 4444 ¦ 39622224444 ¦ 622224444
      6 2222 4444
    `),
  )('Rome as %j', (text) => expectKey('IT', '390622224444', text))

  test.each(
    rows(`
      0333 222 4444 ¦ 03332224444 ¦ +39 0333 222 4444 ¦ +39 (0) 333 222 4444 ¦ 0039 0333 2224444 ¦ 39 0333 2224444
      +39 39 333 222 4444 ¦ 39 0039 333 2224444
    `),
  )('a mobile typed with a stray zero or code in front, %j, is still the mobile', (text) =>
    expectKey('IT', '393332224444', text),
  )

  test.each([
    ['IT', '212345678', '390212345678'],
    ['IT', '516012345', '390516012345'],
    ['MX', '1 81 1234 5678', '528112345678'],
    ['MX', '01 55 1234 5678', '525512345678'],
    ['MX', '044 55 1234 5678', '525512345678'],
    ['MX', '045 55 1234 5678', '525512345678'],
    ['MX', '+52 1 55 1234 5678', '525512345678'],
    ['MX', '+52 01 55 1234 5678', '525512345678'],
    ['IT', '+52 1 55 1234 5678', '525512345678'],
    ['IT', '5215512345678', '525512345678'],
    ['BR', '+55 11 8765-4321', '5511987654321'],
    ['BR', '11 8765-4321', '5511987654321'],
    ['BR', '(11) 98765-4321', '5511987654321'],
    ['BR', '0 11 8765 4321', '5511987654321'],
    ['IT', '551187654321', '5511987654321'],
    ['BR', '11 3456-7890', '551134567890'],
    ['FR', '0262 12 34 56', '262262123456'],
    ['FR', '0692 12 34 56', '262692123456'],
    ['FR', '0639 69 34 56', '262639693456'],
    ['FR', '0590 12 34 56', '590590123456'],
    ['FR', '0690 12 34 56', '590690123456'],
    ['FR', '0696 20 12 34', '596696201234'],
    ['FR', '0694 20 12 34', '594694201234'],
    ['IT', '+33 692 12 34 56', '262692123456'],
    ['DE', '+49 49 30 123456', '4930123456'],
  ] as const)('in %s, %j is %s', (country, text, key) => expectKey(country, key, text))

  test.each(['333 222', '322244445555', '+39 3 2222 4444'])('no 0 is ever put before a 3: %j', (text) => {
    expect(phoneQuery(text, 'IT')).not.toMatchObject({ key: expect.stringMatching(/^390/) })
  })
})

describe('rule 11: what no repair helps keeps its own key', () => {
  test.each([
    ['+39 123 456 7890', '391234567890'],
    ['+39 333 222', '39333222'],
    ['+44 20 7946 001', '44207946001'],
    ['12345', 'x12345'],
    ['0118', 'x0118'],
    ['+999 1234567', 'x9991234567'],
  ])('%j is %s in the field and on the phone', (text, key) => {
    expect(phoneQuery(text, 'IT')).toMatchObject({ kind: 'number', key, valid: false })
    expect(phoneKeys(text, 'IT')).toEqual([{ key, ext: null }])
  })
})

describe('rule 14: two writings of one line that the plans keep apart', () => {
  test.each(
    rows(`
      0549 886000 ¦ +39 0549 886000 ¦ +378 0549 886000 ¦ +378 886000 ¦ 00378 0549 886000 ¦ 3780549886000
      390549886000 ¦ +39 549 886000 ¦ 0549/886000
    `),
  )('San Marino as %j', (text) => expectKey('IT', '3780549886000', text))

  test.each(['+54 9 11 2345 6789', '+54 11 2345 6789', '5491123456789', '0054 9 11 2345-6789', '+54 11 15 2345 6789'])(
    'Buenos Aires as %j',
    (text) => expectKey('IT', '541123456789', text),
  )

  test.each(['11 2345 6789', '011 2345 6789', '011 15 2345 6789', '9 11 2345 6789'])(
    'Buenos Aires as it is dialled there, %j',
    (text) => expectKey('AR', '541123456789', text),
  )

  test('the number to dial stays as the plan wants it', () => {
    expect(phoneQuery('+54 9 11 2345 6789', 'IT')).toMatchObject({ key: '541123456789', e164: '+5491123456789' })
    expect(phoneQuery('+52 1 55 1234 5678', 'IT')).toMatchObject({ key: '525512345678', e164: '+525512345678' })
  })
})

describe('the mobiles that are read without the library are read as it would', () => {
  const tails = ['0000000', '0123456', '2224444', '9999999']
  const asLibrary = (text: string, country: Country) => {
    const number = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false })!
    return {
      kind: 'number',
      key: number.number.slice(1),
      e164: number.number,
      valid: number.isValid() && number.getType() !== 'VOICEMAIL',
    }
  }

  test.each([
    ['IT', '+39', Array.from({ length: 80 }, (_, i) => `${320 + i}`)],
    ['ES', '+34', Array.from({ length: 100 }, (_, i) => `${600 + i}`)],
  ] as const)('every prefix of %s', (country, code, prefixes) => {
    for (const prefix of prefixes) {
      for (const tail of tails) {
        const national = prefix + tail.slice(0, country === 'IT' ? 7 : 6)
        expect(phoneQuery(national, country), national).toMatchObject(asLibrary(national, country))
        expect(phoneQuery(code + national, 'DE'), national).toMatchObject(asLibrary(code + national, 'DE'))
      }
    }
  })

  test('a digit more or less is left to the library', () => {
    for (const text of ['+39333222444', '+3933322244445', '+3461234567', '+346123456789']) {
      expect(phoneQuery(text, 'IT'), text).toMatchObject({ valid: asLibrary(text, 'IT').valid })
    }
  })
})
