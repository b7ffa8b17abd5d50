import { draw, patientAt, pick } from './people.ts'

/** One kind of question, and many ways of asking it, so that no answer is asked for twice in a row. */
export type SearchQuestion = { group: string; name: string; asked: Asked[] }
export type Asked = { path: string; body?: object }

const ways = 40

/** What the palette's box is asked, keystroke by keystroke and piece by piece, and what a form asks about duplicates. */
export function searchQuestions(patients: number): SearchQuestion[] {
  const someone = (n: number) => patientAt(1 + Math.floor(draw(n, 105) * patients))
  return [...names(someone), ...numbers(someone), ...addresses(someone), ...others(patients), ...duplicates(someone)]
}

type Someone = (n: number) => ReturnType<typeof patientAt>

const pathOf = (q: string) => `/api/search?${new URLSearchParams({ q }).toString()}`
const times = (each: (n: number) => Asked[]) => Array.from({ length: ways }, (_, n) => each(n)).flat()
const asking = (group: string, name: string, q: (n: number) => string): SearchQuestion => ({
  group,
  name,
  asked: times((n) => [{ path: pathOf(q(n)) }]),
})
/** Every keystroke is a question. */
const typing = (name: string, q: (n: number) => string): SearchQuestion => ({
  group: 'Typing',
  name,
  asked: times((n) => Array.from(q(n), (_, i) => ({ path: pathOf(q(n).slice(0, i + 1)) }))).filter(
    ({ path }) => path !== pathOf(' '),
  ),
})

const common = (n: number) =>
  pick(['rossi', 'maria', 'marco', 'garcia', 'nicolo', 'jose', 'de luca', 'conti'], draw(n, 107))
const half = (name: string) => name.slice(0, Math.ceil(name.length / 2))
const letters = 'abcdefgilmnoprstuvz'.split('')

const names = (someone: Someone): SearchQuestion[] => [
  asking('Names', 'one letter', (n) => pick(letters, draw(n, 108))),
  asking('Names', 'two letters', (n) => (n % 2 ? 'ma' : someone(n).last_name.slice(0, 2))),
  asking('Names', 'three letters', (n) => (n % 2 ? 'ros' : someone(n).last_name.slice(0, 3))),
  asking('Names', 'three letters from the middle', (n) => someone(n).last_name.slice(2, 5).padEnd(3, 'a')),
  asking('Names', 'a common name', common),
  asking('Names', 'a rare surname', (n) => someone(n).last_name),
  asking('Names', 'first name and surname', (n) => `${someone(n).first_name} ${someone(n).last_name}`),
  asking('Names', 'halves, surname first', (n) => `${half(someone(n).last_name)} ${half(someone(n).first_name)}`),
  asking('Names', 'two common names', (n) => `${common(n)} ${common(n + 1)}`),
  asking(
    'Names',
    'two letters of each',
    (n) => `${someone(n).first_name.slice(0, 2)} ${someone(n).last_name.slice(0, 2)}`,
  ),
  typing('first name and surname', (n) => `${someone(n).first_name} ${someone(n).last_name}`.toLowerCase()),
  typing('surname and first name', (n) => `${someone(n).last_name} ${someone(n).first_name}`.toLowerCase()),
]

const digitsOf = (n: number, count: number) => String(draw(n, 106)).slice(2, 2 + count)
const numberOf = (someone: Someone, n: number) => someone(n).cell_phone ?? someone(n).phone!

const numbers = (someone: Someone): SearchQuestion[] => [
  asking('Numbers', '333', () => '333'),
  asking('Numbers', 'three digits', (n) => digitsOf(n, 3)),
  asking('Numbers', 'four digits', (n) => digitsOf(n, 4)),
  asking('Numbers', 'five digits', (n) => digitsOf(n, 5)),
  asking('Numbers', 'the last four', (n) => numberOf(someone, n).slice(-4)),
  asking('Numbers', '06 and four digits', (n) => `06 ${digitsOf(n, 4)}`),
  asking('Numbers', '+39 333 and three digits', (n) => `+39 333 ${digitsOf(n, 3)}`),
  asking('Numbers', '0039 and five digits', (n) => `0039 3${digitsOf(n, 5)}`),
  asking('Numbers', 'a whole number', (n) => numberOf(someone, n)),
  typing('a number', (n) => numberOf(someone, n)),
]

const mailOf = (someone: Someone, n: number) => someone(n).email ?? `nobody${n}@example.com`

const addresses = (someone: Someone): SearchQuestion[] => [
  asking('E-mail', '@example', () => '@example'),
  asking('E-mail', 'example.com', () => 'example.com'),
  asking('E-mail', 'up to the @', (n) => mailOf(someone, n).split('@')[0]! + '@'),
  asking('E-mail', 'a common name and @', (n) => `${common(n).split(' ').at(-1)!}@`),
  asking('E-mail', 'a whole address', (n) => mailOf(someone, n)),
  typing('an e-mail address', (n) => mailOf(someone, n)),
]

const others = (patients: number): SearchQuestion[] => [
  asking('Others', 'a case’s number', (n) => `#${1 + Math.floor(draw(n, 109) * patients)}`),
  asking('Others', 'nobody', (n) => `zzyx${n}qqw`),
  asking('Others', 'a common name and nobody', (n) => `${common(n)} zzyx${n}`),
  asking('Others', 'a name and digits', (n) => `${common(n)} ${digitsOf(n, 3)}`),
  asking('Others', 'punctuation', (n) => pick(['%%%', '___', '.', '@', "' or 1=1", 'a@b', '....'], draw(n, 110))),
]

const duplicates = (someone: Someone): SearchQuestion[] => {
  const form = (name: string, body: (n: number) => object): SearchQuestion => ({
    group: 'Duplicates',
    name,
    asked: times((n) => [{ path: '/api/patients/duplicates', body: body(n) }]),
  })
  const named = (n: number) => ({ first_name: someone(n).first_name, last_name: someone(n).last_name })
  const slipped = (name: string) => name.slice(0, 3) + name.slice(4)
  return [
    form('a number', (n) => ({ phones: [numberOf(someone, n)] })),
    form('an e-mail address', (n) => ({ email: mailOf(someone, n) })),
    form('a surname', (n) => ({ last_name: someone(n).last_name })),
    form('both names', named),
    form('both names, common', (n) => ({ first_name: common(n), last_name: common(n + 1) })),
    form('a slip of the finger', (n) => ({ ...named(n), last_name: slipped(someone(n).last_name) })),
    form('a birth date', (n) => ({ ...named(n), birth_date: `19${50 + (n % 40)}-03-12` })),
    form('all of it', (n) => ({
      ...named(n),
      phones: [numberOf(someone, n), someone(n + 1).phone ?? '06 1'],
      email: mailOf(someone, n),
      birth_date: '1984-03-12',
    })),
  ]
}
