import type { CaseView } from '@clinicacrm/contract/cases.ts'

/** The fields of a case and its person, by the names they have everywhere. */
const columns = [
  'id',
  'patient_id',
  'first_name',
  'last_name',
  'phone',
  'home_phone',
  'cell_phone',
  'email',
  'clinic',
  'treatment',
  'channel',
  'origin',
  'status',
  'disposition',
  'outcome',
  'promotion',
  'follow_up_date',
  'follow_up_reason',
  'dialer_campaign_tag',
  'assigned_to',
  'lost_reason',
  'last_contact_at',
  'created_at',
  'updated_at',
] as const satisfies (keyof CaseView)[]

export type CsvRow = Pick<CaseView, (typeof columns)[number]>

/** What stands between cells: Excel splits lines at the comma only where a comma is not the sign of decimals. */
const separators = { it: ';', es: ';', en: ',' }
export type CsvLocale = keyof typeof separators

const names = { it: 'casi', es: 'casos', en: 'cases' }
export const fileName = (locale: CsvLocale, day: string): string => `${names[locale]}-${day}.csv`

/** Excel reads UTF-8 only where a file says so. */
export const csvHead = (locale: CsvLocale): string => `\uFEFF${line([...columns], locale)}`

export const csvLine = (row: CsvRow, locale: CsvLocale): string =>
  line(
    columns.map((column) => row[column] ?? ''),
    locale,
  )

/** Every cell in quotes: a separator, a quote or a line's end within one ends nothing. */
const line = (cells: string[], locale: CsvLocale) =>
  `${cells.map((cell) => `"${defused(cell).replaceAll('"', '""')}"`).join(separators[locale])}\r\n`

/**
 * A spreadsheet runs a cell that begins like a formula, and takes the plus off a number. One apostrophe keeps it text;
 * a cell that has apostrophes before such a beginning gets one more, so that taking one away always gives back what was.
 */
const defused = (cell: string) => (/^'*[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell)
