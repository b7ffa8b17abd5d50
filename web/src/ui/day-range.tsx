import '@mantine/dates/styles.layer.css'
import { DatePicker, DatesProvider } from '@mantine/dates'
import 'dayjs/locale/en-gb'
import 'dayjs/locale/es'
import 'dayjs/locale/it'
import { useState } from 'react'
import { currentLocale, useT } from '../i18n.ts'
import { addDays, todayIn } from '../zoned.ts'

type Props = {
  zone?: string | undefined
  from: string | null
  to: string | null
  onChange: (from: string | null, to: string | null) => void
}

/** Two days and what lies between, from a month's leaf or one of the usual spans. */
export function DayRange({ zone = 'Europe/Rome', from, to, onChange }: Props) {
  const t = useT()
  const locale = currentLocale()
  const [begun, setBegun] = useState<string | null>(null)
  const today = todayIn(zone)
  const spans = [
    { label: t('cases.filters.span.today'), value: [today, today] as [string, string] },
    { label: t('cases.filters.span.last_7_days'), value: [addDays(today, -6), today] as [string, string] },
    { label: t('cases.filters.span.last_30_days'), value: [addDays(today, -29), today] as [string, string] },
    { label: t('cases.filters.span.this_month'), value: [`${today.slice(0, 8)}01`, today] as [string, string] },
  ]
  return (
    <DatesProvider settings={{ locale: locale === 'en' ? 'en-gb' : locale, firstDayOfWeek: 1, weekendDays: [] }}>
      <DatePicker
        type="range"
        allowSingleDateInRange
        value={begun ? [begun, null] : [from, to]}
        defaultDate={to ?? today}
        maxDate={today}
        presets={spans}
        onChange={([first, last]) => {
          setBegun(last ? null : first)
          if (last || !first) onChange(first, last)
        }}
      />
    </DatesProvider>
  )
}
