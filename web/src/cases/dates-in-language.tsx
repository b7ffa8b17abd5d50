import '@mantine/dates/styles.layer.css'
import { DatesProvider } from '@mantine/dates'
import 'dayjs/locale/en-gb'
import 'dayjs/locale/es'
import 'dayjs/locale/it'
import type { ReactNode } from 'react'
import { currentLocale } from '../i18n.ts'

/** Months and weekdays in the language of the page; weeks begin on Monday, and no day is red. */
export function DatesInLanguage({ children }: { children: ReactNode }) {
  const locale = currentLocale()
  return (
    <DatesProvider settings={{ locale: locale === 'en' ? 'en-gb' : locale, firstDayOfWeek: 1, weekendDays: [] }}>
      {children}
    </DatesProvider>
  )
}
