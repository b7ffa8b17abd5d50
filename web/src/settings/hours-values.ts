import type { ClinicHours } from '@clinicacrm/contract/clinic-hours.ts'
import { timeFrom } from '../typed-moment.ts'

/** As it stands in the fields, while somebody is typing; `key` tells rows apart that say the same. */
export type TypedSpan = { key: number; from: string; to: string }
export type TypedHoliday = { key: number; day: string; label: string }
export type HoursValues = {
  /** Monday first. */
  opening: TypedSpan[][]
  quiet_before: string
  quiet_after: string
  holidays: TypedHoliday[]
}
export type HoursProblem = 'time' | 'order' | 'overlap' | 'day' | 'twice'

export const weekdays = [0, 1, 2, 3, 4, 5, 6] as const
export const mostSpans = 4
export const mostHolidays = 200

let last = 0
const newKey = () => (last += 1)

export function typedFrom({ opening, holidays, quiet_before, quiet_after }: ClinicHours): HoursValues {
  return {
    opening: opening.map((spans) => spans.map((span) => ({ key: newKey(), ...span }))),
    quiet_before,
    quiet_after,
    holidays: holidays.map(({ day, label }) => ({ key: newKey(), day, label })),
  }
}

export const emptyHoliday = (): TypedHoliday => ({ key: newKey(), day: '', label: '' })

/** After the last span of the day, or a usual day. */
export function nextSpan(spans: TypedSpan[]): TypedSpan {
  const end = spans.at(-1)?.to
  if (end === undefined) return { key: newKey(), from: '09:00', to: '19:00' }
  return { key: newKey(), from: '', to: '' }
}

export const copied = (spans: TypedSpan[]): TypedSpan[] => spans.map((span) => ({ ...span, key: newKey() }))

/** Also the end of the day: `24`. */
export const clockFrom = (typed: string): string | null =>
  /^24([:.h ]?00)?$/.test(typed.trim()) ? '24:00' : timeFrom(typed)

/** What is wrong, by the field it is wrong in: `opening.0.1.to`. */
export function problemsOf(values: HoursValues): Record<string, HoursProblem> {
  const { opening, quiet_before, quiet_after, holidays } = values
  const quiet = { from: quiet_before, to: quiet_after }
  return {
    ...Object.assign({}, ...opening.map((spans, day) => problemsOfDay(spans, `opening.${day}`))),
    ...renamed(problemsOfSpan(quiet), { from: 'quiet_before', to: 'quiet_after' }),
    ...problemsOfHolidays(holidays),
  } as Record<string, HoursProblem>
}

type Span = Pick<TypedSpan, 'from' | 'to'>
type SpanProblems = { from?: HoursProblem; to?: HoursProblem }

const overlapping: SpanProblems = { from: 'overlap' }

function problemsOfDay(spans: Span[], path: string): Record<string, HoursProblem> {
  return Object.fromEntries(
    spans.flatMap((span, i) => {
      const own = problemsOfSpan(span)
      const from = clockFrom(span.from)
      const isSound = from !== null && !own.from && !own.to
      const found = isSound && spans.some((other, j) => j !== i && holds(other, from)) ? overlapping : own
      return Object.entries(found).map(([field, problem]) => [`${path}.${i}.${field}`, problem] as const)
    }),
  )
}

function problemsOfSpan({ from, to }: Span): SpanProblems {
  const [begins, ends] = [clockFrom(from), clockFrom(to)]
  if (begins && ends) return begins < ends ? {} : { to: 'order' }
  return { ...(!begins && { from: 'time' as const }), ...(!ends && { to: 'time' as const }) }
}

function holds(span: Span, at: string) {
  const [from, to] = [clockFrom(span.from), clockFrom(span.to)]
  return from !== null && to !== null && from <= at && at < to
}

const renamed = ({ from, to }: SpanProblems, names: { from: string; to: string }): Record<string, HoursProblem> => ({
  ...(from && { [names.from]: from }),
  ...(to && { [names.to]: to }),
})

function problemsOfHolidays(holidays: TypedHoliday[]): Record<string, HoursProblem> {
  const days = holidays.map(({ day }) => day)
  return Object.fromEntries(
    days.flatMap((day, i): [string, HoursProblem][] => {
      if (!day) return [[`holidays.${i}.day`, 'day']]
      return days.indexOf(day) < i ? [[`holidays.${i}.day`, 'twice']] : []
    }),
  )
}

/** For values without a problem. */
export function hoursFrom({ opening, quiet_before, quiet_after, holidays }: HoursValues): ClinicHours {
  const clock = (typed: string) => clockFrom(typed) ?? typed
  return {
    opening: opening.map((spans) =>
      spans
        .map(({ from, to }) => ({ from: clock(from), to: clock(to) }))
        .toSorted((one, other) => (one.from < other.from ? -1 : 1)),
    ),
    quiet_before: clock(quiet_before),
    quiet_after: clock(quiet_after),
    holidays: holidays
      .map(({ day, label }) => ({ day, label: label.trim() }))
      .toSorted((one, other) => (one.day < other.day ? -1 : 1)),
  }
}
