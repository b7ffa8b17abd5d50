import { describe, expect, test } from 'vitest'
import { type Country, phoneKeys, phoneQuery } from './phone.ts'

// A table of texts: one a line, or several between "¦".
const rows = (table: string): string[] => table.trim().split(/\s*[\n¦]\s*/)

const rome = '390622224444'
const mobile = '393332224444'
const keysOf = (text: string, country: Country = 'IT') => phoneKeys(text, country).map((found) => found.key)

describe('rule 13: an extension is cut off and kept beside the key', () => {
  test.each(
    rows(`
      06 2222 4444 ext 12 ¦ 06 2222 4444 ext. 12 ¦ 06 2222 4444 Ext:12 ¦ 06 2222 4444 extension 12 ¦ 0622224444x12
      06 2222 4444 x 12 ¦ 06 2222 4444 int. 12 ¦ 06 2222 4444 int 12 ¦ 06 2222 4444 interno 12
      06 2222 4444 (int. 12) ¦ 06 2222 4444 - int. 12 ¦ 06 2222 4444 #12 ¦ 06 2222 4444#12
      +39 06 2222 4444 poste 12 ¦ 06 2222 4444 Durchwahl 12 ¦ 06 2222 4444 extensión 12 ¦ 06 2222 4444 anexo 12
      06 2222 4444 INTERNO 12 ¦ 06 2222 4444 int. 12
    `),
  )('%j', (text) => {
    expect(phoneKeys(text, 'IT')).toEqual([{ key: rome, ext: '12' }])
    expect(phoneQuery(text, 'IT')).toMatchObject({ key: rome, ext: '12' })
  })

  test('each number of a field keeps its own extension', () => {
    expect(phoneKeys('06 2222 4444 int. 12 chiedere di Anna, 333 2224444', 'IT')).toEqual([
      { key: rome, ext: '12' },
      { key: mobile, ext: null },
    ])
  })

  test('one line with two extensions is the line', () => {
    expect(phoneKeys('06 2222 4444 int. 12, 06 2222 4444 int. 13', 'IT')).toEqual([{ key: rome, ext: null }])
  })

  test('an extension alone is no number', () => {
    expect(keysOf('interno 12')).toEqual([])
    expect(keysOf('int. 1234567')).toEqual([])
  })
})

describe('rule 15: a field may hold several numbers', () => {
  test.each([
    ...rows(`
      06 2222 4444;333 222 4444 ¦ 06 2222 4444; 333 222 4444 ¦ 06 2222 4444,333 222 4444
      06 2222 4444, 333 222 4444 ¦ 06 2222 4444|333 222 4444 ¦ 06 2222 4444/333 222 4444
      06 2222 4444 / 333 222 4444 ¦ 06/22224444 / 333/2224444 ¦ 06/22224444/333 2224444
      06 2222 4444 - 333 222 4444 ¦ 06-22224444 - 333-2224444 ¦ 06 2222 4444 – 333 222 4444
      +39 06 2222 4444+39 333 222 4444 ¦ +39 06 2222 4444 +39 333 222 4444 ¦ (+39) 06 2222 4444 (+39) 333 222 4444
      06 2222 4444 +39 333 222 4444 ¦ 06 2222 4444 o 333 222 4444 ¦ 06 2222 4444 oppure 333 222 4444
      06 2222 4444 e 333 222 4444 ¦ 06 2222 4444 & 333 222 4444 ¦ casa 06 2222 4444 cell 333 222 4444
      casa: 06 2222 4444, cell: 333 222 4444 ¦ Tel.06 2222 4444 Cell.333 222 4444
      06 2222 4444 (casa) 333 222 4444 (cell) ¦ ; 06 2222 4444 ;; 333 222 4444 ;
      tel:+390622224444, tel:+393332224444 ¦ sip:0622224444@x;user=phone; 333 2224444
      06 2222 4444; cell=333 222 4444 ¦ 0622224444.0; 3332224444.0 ¦ 06 2222 4444, 333 222 4444, 12
      06 2222 4444、333 222 4444 ¦ 06 2222 4444 • 333 222 4444 ¦ 00390622224444/00393332224444
      06 2222 4444, 333 222 4444, 06/22224444
    `),
    '06 2222 4444\n333 222 4444',
    '06 2222 4444\r\n333 222 4444',
    '06 2222 4444 casa\n333 222 4444 Maria (figlia)',
  ])('%j holds the line in Rome and the mobile, in this order', (text) => {
    expect(keysOf(text)).toEqual([rome, mobile])
    expect(phoneQuery(text, 'IT')).toMatchObject({ kind: 'number', key: rome })
  })

  test.each([
    ['06/12345678', ['390612345678']],
    ['06 / 12345678', ['390612345678']],
    ['06/2222/4444', [rome]],
    ['333/2224444', [mobile]],
    ['06 - 22224444', [rome]],
    ['06 2222 - 4444', [rome]],
    ['0573/367890', ['390573367890']],
  ])('%j stays one number', (text, keys) => expect(keysOf(text)).toEqual(keys))

  test.each([
    ['06 8411160/161', ['39068411160', '39068411161']],
    ['06 8411160/1', ['39068411160', '39068411161']],
    ['06/8411160/161', ['39068411160', '39068411161']],
    ['06 8411160 / 1 / 2', ['39068411160', '39068411161', '39068411162']],
    ['+39 06 8411160/61', ['39068411160', '39068411161']],
    ['uff. 06 8411160/161 cell 333 2224444', ['39068411160', '39068411161', mobile]],
  ])('the ending after the stroke in %j replaces the last digits', (text, keys) => {
    expect(keysOf(text)).toEqual(keys)
  })

  test.each([
    ['+39 123 456 7890; 06 2222 4444', ['391234567890', rome]],
    ['+39 6 2222 4444, 333 222 4444', [rome, mobile]],
    ['casa +39 123 456 7890', ['391234567890']],
    ['06 2222 4444, 6 2222 4445', [rome]],
    ['06 2222 4444 / 7654321', [rome]],
    ['06 2222 4444, 1234567', [rome]],
    ['casa 1234567', []],
    ['06 2222 4444, 9999999999', [rome]],
  ])('in %j a part is believed if valid as written or with its country code', (text, keys) => {
    expect(keysOf(text)).toEqual(keys)
  })

  test.each([
    ['"Rossi, Mario" <sip:0622224444@x>; <sip:3332224444@x>', [rome, mobile]],
    ['06/22224444/333/2224444', [rome, mobile]],
    ['06 2222 4444 - 2', [rome]],
    ['333 2224444 (2)', [mobile]],
    ['+39 06/22224444-333/2224444', []],
    ['06 2222 4444 / 333 222 4444 - 2', [rome, mobile]],
  ])('%j holds %j', (text, keys) => expect(keysOf(text)).toEqual(keys))

  test('a query that holds several numbers asks for the first', () => {
    expect(phoneQuery('06 1234567, 333 1234567', 'IT')).toMatchObject({ kind: 'number', key: '39061234567' })
    expect(phoneQuery('Tel. 06 2222 4444 / 333 222 4444', 'IT')).toMatchObject({ kind: 'number', key: rome })
  })
})

describe('rule 16: notes, dates and leftovers give no key', () => {
  test.each([
    ...rows(`
      nato il 12/05/1980 ¦ nata il 1.2.80 ¦ 12/05/1980 ¦ 12-05-1980 ¦ 1980-05-12 ¦ 06.12.2000 ¦ dal 1/3 al 4/5
      chiamare dopo le 18:30 ¦ dopo le 18.30 ¦ 18:30 ¦ ore 9-13 ¦ lun-ven 9:00-13:00 ¦ interno 12 ¦ int. 12
      CAP 00184 ¦ 12 ¦ 123 ¦ 999 ¦ 0 ¦ 1 ¦ 0000000 ¦ 1111111 ¦ 9999999999 ¦ +1111111111 ¦ x ¦ - ¦ nessuno ¦ n/d
      ??? ¦ 3.93331E+11 ¦ 3,93331E+11 ¦ 3.9E11 ¦ 1e10 ¦ AB123456 ¦ RSSMRA80A01H501U ¦ 06222244A ¦ 06 2222 4444A
      A0622224444 ¦ mario.rossi80@example.com ¦ 3332224444@example.com ¦ 333.2224444@example.com
      https://example.com/0622224444 ¦ 06 2222 **** ¦ 06 2222xxxx ¦ 06 2222 xxxx ¦ 333***4444 ¦ 06 2222 44??
      +266696687 ¦ anonimo ¦ numero privato ¦ via Roma 12 ¦ stanza 4, letto 2 ¦ IT60 X054 2811 1010 0000 0123 456
      1234567890123456 ¦ 12345678901234567890
    `),
    '',
    ' ',
  ])('%j', (text) => expect(keysOf(text)).toEqual([]))

  test.each([
    ['06 2222 4444 nato il 12/05/1980', [rome]],
    ['nato il 12/05/1980 06 2222 4444', [rome]],
    ['06 2222 4444 dopo le 18:30', [rome]],
    ['18:30 06 2222 4444', [rome]],
    ['06 2222 4444 mario.rossi80@example.com', [rome]],
    ['Via Roma 12, 00184 Roma, 06 2222 4444', [rome]],
    ['06 2222 4444 (2 volte al giorno)', [rome]],
    ['06 2222 4444 ?', [rome]],
    ['* 06 2222 4444', [rome]],
    ['📞 06 2222 4444', [rome]],
    ['n. 06 2222 4444', [rome]],
    ['n°0622224444', [rome]],
    ['3332224444.0', [mobile]],
    ['3332224444,0', [mobile]],
    ['4445', ['x4445']],
    ['3333333333', ['393333333333']],
  ])('%j leaves the number', (text, keys) => expect(keysOf(text)).toEqual(keys))
})

describe('rule 17: letters are never digits, and nothing is glued', () => {
  test.each([
    ['070 123 45 67 (Axel)', ['39070123 4567'.replace(' ', '')]],
    ['1-800-FLOWERS', []],
    ['O6 2222 4444', []],
    ['06 2222 4444 3', ['3906222244443']],
    ['06 2222 4444 stanza 3', [rome]],
    ['06 1234 piano 5678', ['39061234']],
  ])('%j', (text, keys) => expect(keysOf(text)).toEqual(keys))
})
