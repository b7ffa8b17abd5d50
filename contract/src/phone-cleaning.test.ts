import { describe, expect, test } from 'vitest'
import { phoneKeys, phoneQuery } from './phone.ts'

// A table of texts: one a line, or several between "¦".
const rows = (table: string): string[] => table.trim().split(/\s*[\n¦]\s*/)

const expectRome = (text: string) => {
  expect(phoneQuery(text, 'IT')).toMatchObject({ kind: 'number', key: '390622224444', valid: true, echo: text })
}

describe('rule 1: the same characters for everybody', () => {
  test.each([
    ...rows(`
      ０６２２２２４４４４ ¦ ＋３９ ０６ ２２２２ ４４４４ ¦ ٠٦٢٢٢٢٤٤٤٤ ¦ ۰۶۲۲۲۲۴۴۴۴ ¦ ०६२२२२४४४४ ¦ ๐๖๒๒๒๒๔๔๔๔ ¦ 𝟎𝟔𝟐𝟐𝟐𝟐𝟒𝟒𝟒𝟒
      0️⃣6️⃣2️⃣2️⃣2️⃣2️⃣4️⃣4️⃣4️⃣4️⃣ ¦ 06–2222–4444 ¦ 06—2222—4444 ¦ 06‑2222‑4444 ¦ 06−2222−4444 ¦ 06ー2222ー4444
      06_2222_4444 ¦ 06·2222·4444 ¦ 06∕2222∕4444 ¦ (06)2222[4444] ¦ （０６）２２２２－４４４４ ¦ ➕39 06 2222 4444
      ﹢390622224444 ¦ '0622224444 ¦ "0622224444" ¦ ="0622224444" ¦ “06 2222 4444” ¦ «06 2222 4444» ¦ ='0622224444'
      %2B3906%202222%204444 ¦ %2b390622224444 ¦ %252B390622224444 ¦ sip:%2B390622224444%40pbx
      tel%3A%2B390622224444
    `),
    '+39\u00a006\u00a02222\u00a04444',
    '+39\u202f06\u20092222\u30004444',
    '06\t2222\t4444',
    '06\u200b2222\u200d4444',
    '\ufeff0622224444',
    '\u202a+390622224444\u202c',
    '06\u00ad2222\u00ad4444',
    '062\u00002224444',
    '06\\22224444',
    '`0622224444`',
    '  06 2222 4444  ',
    '06 2222 4444\n',
    '\r\n06 2222 4444',
    '0\u03366\u03362\u03362\u03362\u03362\u03364\u03364\u03364\u03364\u0336',
  ])('%j is Rome', (text) => expectRome(text))
})

describe('rule 3: only the user part of an address is read', () => {
  test.each(
    rows(`
      tel:+390622224444 ¦ TEL:+39-06-2222-4444 ¦ tel://+390622224444 ¦ tel:0622224444 ¦ callto:+390622224444
      callto://+390622224444 ¦ whatsapp:+390622224444 ¦ whatsapp://send?phone=390622224444&text=ciao+0612345678
      sip:+390622224444@10.0.0.1 ¦ sips:+390622224444@pbx.example:5061
      sip:0622224444@10.0.0.1:5060;transport=udp ¦ sip:+390622224444 ¦ sip:+390622224444:secret99@10.0.0.1
      sip:+390622224444@[2001:db8::1]:5060 ¦ SIP:0622224444@X
      sip:+390622224444;npdi;rn=+390699999999@10.0.0.1;user=phone ¦ +390622224444@10.20.30.40
      06 2222 4444@10.0.0.1 ¦ <sip:+390622224444@10.0.0.1> ¦ <tel:+390622224444>;tag=12345678 ¦ <+390622224444>
      Mario <+39 06 2222 4444> ¦ "Mario 2" <sip:+390622224444@10.0.0.1:5060>;tag=99
      "333 9999999" <sip:0622224444@x> ¦ +393339999999 <sip:0622224444@x> ¦ "Rossi, Mario" <sip:+390622224444@x>
      "a <b> 06 1111 1111" <sip:+390622224444@x> ¦ "Clinica 24h" <tel:0622224444>
      tel:0622224444;phone-context=+39 ¦ tel:22224444;phone-context=+3906 ¦ tel:22224444;phone-context=+39-06
      tel:22224444;phone-context=+39 06 ¦ tel:0622224444;phone-context=clinic.example
      tel:+390622224444;phone-context=+44 ¦ sip:0622224444;phone-context=+39@10.0.0.1;user=phone
      tel:390622224444;phone-context=+39 ¦ 0622224444;phone-context=+39 ¦ tel:0622224444;isub=12;phone-context=+39
      tel:622224444;phone-context=+39
    `),
  )('%j is Rome', (text) => expectRome(text))

  test('a context means the same however often it is asked', () => {
    const asked = Array.from({ length: 6 }, () => phoneQuery('tel:020 7946 0018;phone-context=+44', 'IT'))
    expect(new Set(asked.map((query) => query.kind === 'number' && query.key))).toEqual(new Set(['442079460018']))
  })

  test.each([
    ['tel:0622224444;ext=12', '12'],
    ['tel:+39-06-2222-4444;EXT=0012', '0012'],
    ['sip:+390622224444;ext=7@10.0.0.1', '7'],
    ['+390622224444;ext=12', '12'],
    ['tel:0622224444;phone-context=+39;ext=12', '12'],
  ])('%j carries extension %s', (text, ext) => {
    expect(phoneQuery(text, 'IT')).toMatchObject({ key: '390622224444', ext })
    expect(phoneKeys(text, 'IT')).toEqual([{ key: '390622224444', ext }])
  })

  test('in a stored field digits before "@" are an e-mail address, unless it says sip', () => {
    expect(phoneKeys('0622224444@example.com', 'IT')).toEqual([])
    expect(phoneKeys('06 2222 4444@example.com', 'IT')).toEqual([])
    expect(phoneKeys('sip:0622224444@example.com', 'IT')).toEqual([{ key: '390622224444', ext: null }])
  })
})
