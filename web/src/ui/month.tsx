import '@mantine/dates/styles.layer.css'
import { DatePicker, DatesProvider } from '@mantine/dates'
import 'dayjs/locale/en-gb'
import 'dayjs/locale/es'
import 'dayjs/locale/it'
import { currentLocale } from '../i18n.ts'

/** A month's leaf to pick a day from. */
export function Month({ day, onPick }: { day: string; onPick: (day: string) => void }) {
  const locale = currentLocale()
  return (
    <DatesProvider settings={{ locale: locale === 'en' ? 'en-gb' : locale, firstDayOfWeek: 1, weekendDays: [] }}>
      <DatePicker value={day} defaultDate={day} onChange={(picked) => picked && onPick(picked)} />
    </DatesProvider>
  )
}
