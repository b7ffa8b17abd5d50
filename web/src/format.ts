import { currentLocale, type Locale } from './i18n.ts'

/** Day before month and 24 hours in all three languages; English here is a clinic's in Europe. */
const tags: Record<Locale, string> = { it: 'it-IT', en: 'en-GB', es: 'es-ES' }
const usualZone = 'Europe/Rome'

type When = string | Date | number
/** `zone`: the clinic's, as times are said to its patients. `now` stands still in tests. */
export type TimeOptions = { zone?: string | undefined; now?: Date | undefined; locale?: Locale | undefined }

/** `12/07/2025` */
export function formatDate(when: When, { zone = usualZone, locale = currentLocale() }: TimeOptions = {}): string {
  return dateFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: zone }).format(asDate(when))
}

/** `16:57` */
export function formatTime(when: When, { zone = usualZone, locale = currentLocale() }: TimeOptions = {}): string {
  return dateFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(
    asDate(when),
  )
}

/** `12/07/2025, 16:57` */
export function formatDateTime(when: When, options: TimeOptions = {}): string {
  return `${formatDate(when, options)}, ${formatTime(when, options)}`
}

/** A calendar day such as a birth date, `1984-03-12`: the same wherever it is read. */
export function formatDay(day: string, options: TimeOptions = {}): string {
  return formatDate(`${day}T12:00:00Z`, { ...options, zone: 'UTC' })
}

/** `sabato 12 luglio 2025` */
export function formatLongDate(when: When, { zone = usualZone, locale = currentLocale() }: TimeOptions = {}): string {
  return dateFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: zone }).format(
    asDate(when),
  )
}

/** `luglio 2025`, of any day in it. */
export function formatMonth(day: string, { locale = currentLocale() }: TimeOptions = {}): string {
  return dateFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(noonOf(day))
}

/** `lunedì 14 luglio`; `short`: `lun 14 lug`. */
export function formatWeekday(day: string, how: 'long' | 'short' = 'long', locale: Locale = currentLocale()): string {
  return dateFormat(locale, { weekday: how, day: 'numeric', month: how, timeZone: 'UTC' }).format(noonOf(day))
}

/** `lun`, for the head of a calendar. */
export function formatWeekdayName(day: string, how: 'long' | 'short', locale: Locale = currentLocale()): string {
  return dateFormat(locale, { weekday: how, timeZone: 'UTC' }).format(noonOf(day))
}

/** `14–20 luglio 2025`; both days belong to it. */
export function formatDays(from: string, to: string, locale: Locale = currentLocale()): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  return dateFormat(locale, options).formatRange(noonOf(from), noonOf(to))
}

/**
 * As people say it: `domani, 10:30`, `ieri, 09:12`, `tra 3 giorni`, `3 giorni fa`; beyond a week the date. A moment of today
 * is its time alone.
 */
export function formatRelative(when: When, options: TimeOptions = {}): string {
  const { zone = usualZone, now = new Date(), locale = currentLocale() } = options
  const days = daysBetween(now, asDate(when), zone)
  if (days === 0) return formatTime(when, options)
  const word = relativeFormat(locale).format(days, 'day')
  if (Math.abs(days) === 1) return `${word}, ${formatTime(when, options)}`
  return Math.abs(days) <= 7 ? word : formatDate(when, options)
}

/**
 * For what is to be done: as `formatRelative`, with the exact moment beside it. Midnight is how a day without a time is
 * kept; such a day is late only when it is over.
 */
export function formatDue(when: When, options: TimeOptions = {}): { text: string; exact: string; isOverdue: boolean } {
  const { zone = usualZone, now = new Date(), locale = currentLocale() } = options
  const date = asDate(when)
  if (formatTime(date, options) !== '00:00') {
    const exact = `${formatLongDate(date, options)}, ${formatTime(date, options)}`
    return { text: formatRelative(date, options), exact, isOverdue: date < now }
  }
  const days = daysBetween(now, date, zone)
  const text = Math.abs(days) <= 7 ? relativeFormat(locale).format(days, 'day') : formatDate(date, options)
  return { text, exact: formatLongDate(date, options), isOverdue: days < 0 }
}

/** How long ago, for what just happened: `adesso`, `5 minuti fa`, `2 ore fa`, then as `formatRelative`. */
export function formatAgo(when: When, options: TimeOptions = {}): string {
  const { now = new Date(), locale = currentLocale() } = options
  const minutes = Math.round((asDate(when).getTime() - now.getTime()) / 60_000)
  if (Math.abs(minutes) < 1) return relativeFormat(locale).format(0, 'second')
  if (Math.abs(minutes) < 60) return relativeFormat(locale).format(minutes, 'minute')
  if (Math.abs(minutes) < 360) return relativeFormat(locale).format(Math.round(minutes / 60), 'hour')
  return formatRelative(when, options)
}

/** How long a call lasted: `3:05`. */
export const formatSeconds = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, '0')}`

/** Whole calendar days from one moment to another, as that zone's calendar turns its pages. */
export function daysBetween(from: Date, to: Date, zone: string = usualZone): number {
  return Math.round((dayNumber(to, zone) - dayNumber(from, zone)) / 86_400_000)
}

/** `1.234` */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}, locale = currentLocale()): string {
  return numberFormat(locale, options).format(value)
}

/** A number as somebody typed it; only a run of digits without any spacing is parted, so that it can be read aloud. */
export function formatPhone(typed: string): string {
  const match = /^(\+39|\+34|\+\d{2})?(\d{6,11})$/.exec(typed.trim())
  if (!match) return typed
  const [, country, digits = ''] = match
  // Rome and Milan have area codes of two digits, which are never left off.
  const area = /^0[26]/.test(digits) ? 2 : 3
  return [country, digits.slice(0, area), ...parted(digits.slice(area))].filter(Boolean).join(' ')
}

/** What is dialled of a number as people read it; an extension is asked for by who answers. */
export const dialled = (shown: string): string => shown.split('#')[0]!.replaceAll(/[^+\d]/g, '')

/** In threes, ending in up to four, so that no digit stands alone. */
function parted(digits: string): string[] {
  if (digits.length <= 4) return [digits]
  const size = digits.length === 8 ? 4 : 3
  return [digits.slice(0, size), ...parted(digits.slice(size))]
}

/** `Antonio Dorato`; whichever half there is. */
export function fullName(person: { first_name?: string | null; last_name?: string | null }): string {
  return [person.first_name, person.last_name].filter((name) => name?.trim()).join(' ')
}

/** `AD`; one letter for one name, a question mark for none. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const chosen = words.length > 1 ? [words[0]!, words.at(-1)!] : words
  // A letter may be more than one code unit: emoji, and accents written apart.
  const letters = chosen.map((word) => new Intl.Segmenter().segment(word)[Symbol.iterator]().next().value?.segment)
  return letters.join('').toLocaleUpperCase() || '?'
}

const noonOf = (day: string) => new Date(`${day}T12:00:00Z`)
const asDate = (when: When) => (when instanceof Date ? when : new Date(when))

function dayNumber(when: Date, zone: string) {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone } as const
  const parts = Object.fromEntries(
    dateFormat('en', options)
      .formatToParts(when)
      .map(({ type, value }) => [type, value]),
  )
  return Date.UTC(Number(parts.year), Number(parts.month) - 1, Number(parts.day))
}

/** Making a formatter takes longer than using it a thousand times. */
function keeping<Options, Made>(make: (tag: string, options: Options) => Made) {
  const made = new Map<string, Made>()
  return (locale: Locale, options: Options): Made => {
    const key = locale + JSON.stringify(options)
    const known = made.get(key) ?? make(tags[locale], options)
    made.set(key, known)
    return known
  }
}

const dateFormat = keeping((tag, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options))
const numberFormat = keeping((tag, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options))
const relatively = keeping((tag, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(tag, options))
const relativeFormat = (locale: Locale) => relatively(locale, { numeric: 'auto' })
