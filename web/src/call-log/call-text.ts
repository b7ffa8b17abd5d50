import type { CallView } from '@clinicacrm/contract/calls.ts'
import { formatDateTime, formatTime } from '../format.ts'
import type { useT } from '../i18n.ts'
import { todayIn, wallClockOf } from '../zoned.ts'

type T = ReturnType<typeof useT>

/** Who was at the other end: the person, or what is known instead. */
export function nameIn(t: T, { patient_name, match }: CallView): string {
  if (patient_name) return patient_name
  if (match === 'many' || match === 'withheld' || match === 'internal') return t(`call_log.who.${match}`)
  return t('call_log.who.unknown')
}

/** The other side's number, if there was one. */
export const numberOf = ({ match, phone, direction, from, to }: CallView): string | null =>
  match === 'withheld' ? null : (phone ?? (direction === 'outbound' ? to : from))

/** Today's calls by their time alone. */
export function whenIn(at: string, zone: string | undefined): string {
  const isToday = wallClockOf(at, zone ?? 'Europe/Rome').day === todayIn(zone ?? 'Europe/Rome')
  return isToday ? formatTime(at, { zone }) : formatDateTime(at, { zone })
}
