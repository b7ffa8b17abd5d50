import { DatePicker } from '@mantine/dates'
import { DatesInLanguage } from './dates-in-language.tsx'

/** One day to choose from a month's leaf. */
export function DayLeaf({ day, onChange }: { day: string | null; onChange: (day: string) => void }) {
  return (
    <DatesInLanguage>
      <DatePicker
        value={day}
        {...(day && { defaultDate: day })}
        onChange={(next) => {
          if (next) onChange(next)
        }}
      />
    </DatesInLanguage>
  )
}
