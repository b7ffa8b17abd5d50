import fc from 'fast-check'
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' }
import { getExampleNumber, parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/max'
import { describe, expect, test } from 'vitest'
import { type Country, maxPhoneEchoLength, phoneKeys, phoneQuery } from './phone.ts'

const countries = (
  'IT ES FR DE GB US MX BR AR SM VA CH AT PT NL BE IE PL CZ SK HU RO BG GR HR SI RS AL TR UA RU MD DK SE NO FI EE LV LT ' +
  'MA TN DZ EG SN NG ZA KE IL AE SA IN PK BD LK PH CN JP KR TH VN AU NZ CA CO PE CL VE EC UY CU DO'
).split(' ') as Country[]

const landlines = (
  '+390622224444 +390212345678 +39011234567 +390516012345 +390573367890 +39016512345 +3903322224444 +390812345678 ' +
  '+34912345678 +33142345678 +4930123456 +442079460018 +12125550123 +525512345678 +551134567890 +541145678901 ' +
  '+41446681800 +43123456789 +302101234567 +351211234567 +80012345678'
).split(' ')

const example = (country: Country): string => getExampleNumber(country, examples)?.number ?? ''
const numbers = [...countries.map(example), ...landlines].map((e164) => known(e164))
const aNumber = fc.constantFrom(...numbers)
const aCountry = fc.constantFrom(...countries)

// What people and switches do to an international number, from its plain "+…" and its grouped form.
const wrappings: ((plain: string, grouped: string) => string)[] = [
  (plain) => plain,
  (_, grouped) => grouped,
  (_, grouped) => grouped.replaceAll(' ', '.'),
  (_, grouped) => grouped.replaceAll(' ', '-'),
  (_, grouped) => grouped.replaceAll(' ', '/').replaceAll('-', '/'),
  (_, grouped) => grouped.replaceAll(' ', '\u00a0'),
  (_, grouped) => grouped.replaceAll(' ', '\u202f'),
  (_, grouped) => grouped.replaceAll(' ', ' – ').replaceAll('-', '–'),
  (_, grouped) => grouped.replace(/^(\+\d+)/, '($1)'),
  (_, grouped) => grouped.replace(' ', ' (').concat(')'),
  (plain) => plain.replace('+', '00'),
  (_, grouped) => grouped.replace('+', '00 '),
  (_, grouped) => grouped.replace('+', '+00'),
  (_, grouped) => grouped.replace('+', '+ '),
  (plain) => `+${plain}`,
  (plain) => ` ${plain}\t`,
  (plain) => `\u202a${plain}\u202c`,
  (plain) => Array.from(plain).join('\u200b'),
  (plain) => plain.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))).replace('+', '＋'),
  (plain) => plain.replace(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit))),
  (plain) => `'${plain}`,
  (plain) => `="${plain}"`,
  (_, grouped) => `“${grouped}”`,
  (plain) => encodeURIComponent(plain),
  (_, grouped) => encodeURIComponent(grouped),
  (plain) => `tel:${plain}`,
  (_, grouped) => `TEL:${grouped.replaceAll(' ', '-')}`,
  (plain) => `sip:${plain}@10.0.0.1:5060;transport=udp`,
  (plain) => `sips:${plain};npdi@pbx.example;user=phone`,
  (plain) => `<sip:${plain}@10.20.30.40>;tag=1234567890`,
  (plain) => `"Rossi 2, Mario" <sip:${plain}@pbx>`,
  (plain) => `"06 1111 1111" <tel:${plain}>`,
  (plain) => `callto://${plain}`,
  (plain) => `whatsapp:${plain}`,
  (plain) => `tel:${plain};phone-context=+44`,
  (plain) => `${plain}.0`,
]

describe('a number is the same number', () => {
  test.each(wrappings.map((wrap, index) => [index, wrap] as const))(
    'in way of writing %i, from everywhere to everywhere',
    (_, wrap) => {
      for (const number of numbers) {
        const text = wrap(number.number, number.formatInternational())
        for (const home of ['IT', 'ES', 'US', 'DE', 'MX'] as const) expectNumber(text, home, number)
      }
    },
  )

  test('as it is dialled in its own country, with and without the code', () => {
    for (const number of numbers.filter(({ country }) => country !== undefined)) {
      const home = number.country ?? 'IT'
      for (const text of [number.formatNational(), number.formatNational().replace(/\D/g, '')]) {
        expectNumber(text, home, number)
        expectNumber(`${text} ext. 12`, home, number)
        expectNumber(`tel:${text}`, home, number)
        expectNumber(`sip:${text.replace(/\D/g, '')}@10.0.0.1`, home, number)
      }
      expectNumber(number.number.slice(1), home, number)
    }
  })

  test('with an extension, in every language', () => {
    const marks = ['ext. ', 'x', ' x ', ' int. ', ' interno ', '#', ' poste ', ' Durchwahl ', ' extensión ', ';ext=']
    fc.assert(
      fc.property(aNumber, fc.constantFrom(...marks), fc.integer({ min: 1, max: 99_999 }), (number, mark, ext) => {
        const found = { key: keyOf(number), ext: String(ext) }
        expect(phoneKeys(`${number.number}${mark}${ext}`, 'IT')).toEqual([found])
        expect(phoneQuery(`${number.number}${mark}${ext}`, 'IT')).toMatchObject(found)
      }),
    )
  })

  test('beside any other, whatever stands between', () => {
    const between = ['; ', ', ', ' | ', '\n', ' / ', ' - ', ' ', ' o ', ' (casa), ', ' Maria: ']
    fc.assert(
      fc.property(aNumber, aNumber, fc.constantFrom(...between), (one, other, separator) => {
        const found = phoneKeys(`${one.formatInternational()}${separator}${other.formatInternational()}`, 'IT')
        expect(found.map(({ key }) => key)).toEqual([...new Set([keyOf(one), keyOf(other)])])
      }),
    )
  })
})

describe('different subscribers never share a key', () => {
  test('among the examples of all countries', () => {
    expect(new Set(numbers.map(keyOf)).size).toBe(new Set(numbers.map(({ number }) => number)).size)
  })

  test('nor when one digit differs', () => {
    fc.assert(
      fc.property(aNumber, fc.nat(), fc.integer({ min: 1, max: 9 }), aCountry, (number, at, step, home) => {
        const place = 1 + (at % (number.number.length - 1))
        const digit = (Number(number.number[place]) + step) % 10
        const other = number.number.slice(0, place) + String(digit) + number.number.slice(place + 1)
        const valid = parsePhoneNumberFromString(other, { extract: false })
        fc.pre(valid?.isValid() === true && valid.getType() !== 'VOICEMAIL' && valid.number === other)
        expect(phoneKeys(other, home)).not.toContainEqual({ key: keyOf(number), ext: null })
      }),
      { numRuns: 1000 },
    )
  })

  test('nor when a number is shorter', () => {
    fc.assert(
      fc.property(aNumber, fc.integer({ min: 1, max: 5 }), (number, missing) => {
        expect(phoneKeys(number.number.slice(0, -missing), 'IT')).not.toContainEqual({ key: keyOf(number), ext: null })
      }),
    )
  })
})

describe('whatever the text', () => {
  const fragments = [
    ...Array.from('0123456789+-/().,;:@<>"~§x# \n%*_?|[]{}\u0000\ud800\u0301\u202e'),
    'tel:',
    'sip:',
    ' int ',
    '39',
    '06',
  ]
  const phoneLike = fc.string({
    unit: fc.constantFrom(...fragments, '333 2224444', '%2B', ';ext=', ' - ', 'ﷺ', '٣', '📞'),
  })
  const digits = fc.stringMatching(/^\+?[0-9]{1,17}$/)
  const anyText = fc.oneof(
    phoneLike,
    digits,
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  )
  const many = { numRuns: 2000 }

  test('it never throws, and the echo stays short and sound', () => {
    fc.assert(
      fc.property(anyText, aCountry, fc.boolean(), (text, home, fromQueryString) => {
        const { echo } = phoneQuery(text, home, { fromQueryString })
        expect(Array.from(echo).length).toBeLessThanOrEqual(maxPhoneEchoLength)
        expect(echo.isWellFormed()).toBe(true)
        phoneKeys(text, home)
      }),
      many,
    )
  })

  test('the same text gives the same answer twice in a row (rule 21)', () => {
    fc.assert(
      fc.property(anyText, aCountry, (text, home) => {
        expect(phoneQuery(text, home)).toEqual(phoneQuery(text, home))
        expect(phoneKeys(text, home)).toEqual(phoneKeys(text, home))
      }),
    )
  })

  test('a key of a plan is found again under "+" and the key, everywhere', () => {
    fc.assert(
      fc.property(anyText, aCountry, aCountry, (text, home, elsewhere) => {
        const found = phoneKeys(text, home).filter(({ key }) => !key.startsWith('x'))
        for (const { key } of found) expect(phoneKeys(`+${key}`, elsewhere)).toEqual([{ key, ext: null }])
      }),
      many,
    )
  })

  test('no key is listed twice, and each is E.164 digits or x and digits', () => {
    fc.assert(
      fc.property(anyText, aCountry, (text, home) => {
        const keys = phoneKeys(text, home).map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
        for (const key of keys) expect(key).toMatch(/^(?:[1-9]\d{4,16}|x\d{4,24})$/)
      }),
      many,
    )
  })

  test('the valid number a caller is, is among the numbers of a field with the same text', () => {
    fc.assert(
      fc.property(fc.oneof(phoneLike, digits), aCountry, (text, home) => {
        const query = phoneQuery(text, home)
        const key = query.kind === 'number' && query.valid ? query.key : ''
        fc.pre(key !== '' && !text.includes('@') && text.length <= 200)
        expect(phoneKeys(text, home).map((found) => found.key)).toContain(key)
      }),
      { numRuns: 150 },
    )
  })

  test('a plain number, which takes a short cut, is read as if it took the long way', () => {
    const plain = fc.stringMatching(/^\+?\d[\d ]{0,20}$/)
    fc.assert(
      fc.property(plain, aCountry, (text, home) => {
        const { echo: _, ...short } = phoneQuery(text, home)
        expect(phoneQuery(`\u200b${text}`, home)).toMatchObject(short)
      }),
      many,
    )
  })
})

function known(e164: string): PhoneNumber {
  const number = parsePhoneNumberFromString(e164, { extract: false })
  if (!number?.isValid()) throw new Error(`no valid number: ${e164}`)
  return number
}

// The plan's own number, but for the one equivalence among the examples: Argentina's optional 9.
function keyOf(number: PhoneNumber): string {
  return number.number.slice(1).replace(/^549(?=\d{10}$)/, '54')
}

function expectNumber(text: string, home: Country, number: PhoneNumber) {
  const found = { text, home, key: keyOf(number) }
  const query = phoneQuery(text, home)
  expect({ text, home, key: query.kind === 'number' && query.key }).toEqual(found)
  expect({ text, home, keys: phoneKeys(text, home).map(({ key }) => key) }).toEqual({ text, home, keys: [found.key] })
}
