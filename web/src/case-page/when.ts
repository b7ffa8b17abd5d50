import { daysBetween, formatDate, formatTime } from '../format.ts'
import { currentLocale, type useT } from '../i18n.ts'

type T = ReturnType<typeof useT>

/** A moment inside a sentence: "domani alle 10:30", "venerdì alle 9:00", "il 12/07/2025 alle 16:57". */
export function whenIn(t: T, at: string, { zone, now }: { zone: string; now: Date }): string {
  const date = new Date(at)
  const days = daysBetween(now, date, zone)
  const day = dayIn(t, days, date, zone)
  const time = formatTime(date, { zone })
  // Midnight is how a day without a time is kept; of days gone by the time says nothing.
  return time === '00:00' || (days < -1 && days > -7) ? day : t('case.when.day_and_time', { day, time })
}

function dayIn(t: T, days: number, date: Date, zone: string) {
  if (days === 0) return t('case.when.today')
  if (days === 1) return t('case.when.tomorrow')
  if (days === -1) return t('case.when.yesterday')
  if (days > 1 && days < 7) return t('case.when.weekday', { weekday: weekdayOf(date, zone) })
  if (days < -1 && days > -7) return t('case.when.days_ago', { count: -days })
  return t('case.when.date', { date: formatDate(date, { zone }) })
}

const weekdayOf = (date: Date, timeZone: string) =>
  new Intl.DateTimeFormat(currentLocale(), { weekday: 'long', timeZone }).format(date)
