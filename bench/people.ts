/** A number by construction: what a plan says, so that a million need no parser. */
export type Line = { country: string; national: string }
export type Field = 'phone' | 'home_phone' | 'cell_phone'
export type Person = { first_name: string; last_name: string; email: string | null; clinic_id: string } & {
  [F in Field]: string | null
}
/** A person, and the lines that stand in the three fields. */
export type Patient = Person & { lines: Partial<Record<Field, Line>> }
/** How many clinics the dataset has; treatments and statuses come with the program. */
export const clinicNames = ['Roma', 'Milano', 'Torino', 'Napoli', 'Madrid', 'Sevilla', 'Monterrey', 'Lugano'] as const

/** Everything about patient `i`, from 1, follows from `i`: any part of the dataset can be made again on its own. */
export function patientAt(i: number): Patient {
  const dice = (what: number) => draw(i, what)
  const firstName = pick(firstNames, dice(1))
  const lastName = dice(15) < 0.3 ? pick(lastNames, dice(2)) : rareName(dice)
  const hasMobile = dice(3) < 0.93
  const hasHome = !hasMobile || dice(4) < 0.35
  const mobile = mobileLine(i)
  // Up to three neighbours in the list are a household with one line.
  const home = homeLine(Math.floor(i / 3))
  const lines: Patient['lines'] = {
    ...((hasMobile || hasHome) && { phone: hasMobile && dice(5) < 0.8 ? mobile : hasHome ? home : mobile }),
    ...(hasHome && dice(6) < 0.7 && { home_phone: home }),
    ...(hasMobile && { cell_phone: mobile }),
  }
  const written = (field: Field, what: number) => (lines[field] ? writtenDown(lines[field], dice(what)) : null)
  return {
    first_name: firstName,
    last_name: lastName,
    email: dice(7) < 0.7 ? `${firstName}.${lastName}${i}@example.com`.toLowerCase().replace(/[^a-z0-9.@]/g, '') : null,
    phone: written('phone', 8),
    home_phone: written('home_phone', 9),
    cell_phone: written('cell_phone', 10),
    clinic_id: clinicOf(dice(11)),
    lines,
  }
}

/** A valid mobile number that nobody in the dataset has. */
export const strangersLine = (i: number): Line => ({ country: '39', national: `366${spread(i, 7, 7_654_321)}` })

/** A mobile number that only person `i` has, for `i` below 10 million. */
function mobileLine(i: number): Line {
  const kind = draw(i, 12)
  if (kind < 0.8) return { country: '39', national: pick(italianPrefixes, draw(i, 13)) + spread(i, 7, 7_654_321) }
  if (kind < 0.88) return { country: '34', national: `6${spread(i, 8, 17_654_321)}` }
  if (kind < 0.92) return { country: '33', national: `61${spread(i, 7, 7_654_321)}` }
  if (kind < 0.96) return { country: '44', national: `74${spread(i, 8, 37_654_321)}` }
  return { country: '52', national: `55${String(10_000_000 + ((i * 7_654_321) % 90_000_000))}` }
}

function homeLine(household: number): Line {
  const area = pick(['06', '02', '011', '081', '055'], draw(household, 14))
  return { country: '39', national: area + spread(household, 7, 7_654_321) }
}

/** As people write a number down: Italians mostly without the country's code. */
export function writtenDown({ country, national }: Line, chance: number): string {
  const [a, b, c] = [national.slice(0, 3), national.slice(3, 6), national.slice(6)]
  if (country !== '39') return chance < 0.5 ? `+${country} ${a} ${b} ${c}` : `00${country}${national}`
  return pick(
    [`${a} ${b}${c}`, national, `+39 ${a} ${b} ${c}`, `+39${national}`, `${a}-${b}.${c}`, `0039 ${a} ${b}${c}`],
    chance,
  )
}

/** From 0 to 1, always the same for the same two numbers. */
export function draw(i: number, what: number): number {
  let h = Math.imul(i ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(what + 0x165667b1, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32
}

export function pick<T>(from: readonly T[], chance: number): T {
  return from[Math.floor(chance * from.length)]!
}

/** Some ninety thousand surnames that sound like one, so that most are as rare as most surnames are. */
function rareName(dice: (what: number) => number): string {
  const [first, second, end] = [pick(syllables, dice(16)), pick(syllables, dice(17)), pick(endings, dice(18))]
  return `${first[0]!.toUpperCase()}${first.slice(1)}${second}${end}`
}

/** Every `i` below the power of ten has digits of its own, and neighbours look unlike. */
const spread = (i: number, digits: number, step: number) => String((i * step) % 10 ** digits).padStart(digits, '0')
const clinicOf = (chance: number) => String(1 + Math.floor(chance * clinicNames.length))
const italianPrefixes = [
  '320',
  '328',
  '329',
  '333',
  '334',
  '335',
  '338',
  '339',
  '340',
  '347',
  '348',
  '349',
  '380',
  '388',
]
const firstNames =
  names(`Ada, Luca, Giulia, Marco, Nicolò, Sofía, José, Chiara, Antonio, María José, Zoë, Paolo, Francesca,
  Alessandro, Elena, Matteo, Lucía, Javier, Anna, Davide, Sara, Pietro, Irene, Ugo`)
const lastNames =
  names(`Rossi, D'Angelo, Russo, Ferrari, Esposito, Bianchi, Romano, García, Martínez, López, Núñez, Colombo,
  Ricci, Marino, Greco, Bruno, Gallo, Conti, De Luca, Costa, Giordano, Mancini, Lombardi`)

const syllables = ['b', 'c', 'd', 'f', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'gr', 'tr'].flatMap((sound) =>
  ['a', 'e', 'i', 'o', 'u', 'an', 'er'].map((vowel) => sound + vowel),
)
const endings = ['ni', 'lli', 'tti', 'sso', 'tto', 'ri', 'co', 'gna', 'rdi', 'ldo']

function names(listed: string): string[] {
  return listed.split(/,\s+/)
}
