import { Button, Group, Input, Stack } from '@mantine/core'
import { DateInput, TimePicker } from '@mantine/dates'
import { useT } from '../i18n.ts'
import { momentOf, todayIn, wallClockOf } from '../zoned.ts'
import { DatesInLanguage } from './dates-in-language.tsx'
import { callbackMoments, openingTime } from './moves.ts'
import { dayTyped } from './typed-day.ts'

type Props = {
  label: string
  /** The clinic's: what is chosen is meant as its clocks show it. */
  zone: string
  value: string | null
  error?: string | undefined
  onChange: (moment: string | null) => void
}

const usual = ['in_2_hours', 'tomorrow', 'next_monday'] as const
const wholeDay = '00:00'

/** A day and a time, by one of the usual moments or by hand. A day without a time is kept as its beginning. */
export function MomentField({ label, zone, value, error, onChange }: Props) {
  const t = useT()
  const chosen = value === null ? null : wallClockOf(value, zone)
  const moments = callbackMoments(zone)
  const set = (day: string | null, time: string) => onChange(day === null ? null : momentOf({ day, time }, zone))
  return (
    <DatesInLanguage>
      <Input.Wrapper label={label} labelElement="div" error={error} role="group" aria-label={label}>
        <Stack gap="sm" mt={4}>
          <Group gap="xs">
            {usual.map((name) => (
              <Button
                key={name}
                variant={value === moments[name] ? 'light' : 'default'}
                size="compact-sm"
                aria-pressed={value === moments[name]}
                onClick={() => onChange(moments[name])}
              >
                {t(`cases.moments.${name}`)}
              </Button>
            ))}
          </Group>
          <Group gap="sm" align="flex-end">
            <DateInput
              label={t('cases.moments.day')}
              w="9.5rem"
              valueFormat="DD/MM/YYYY"
              placeholder={t('cases.moments.day_format')}
              dateParser={(typed) => dayTyped(typed, todayIn(zone))}
              value={chosen?.day ?? null}
              onChange={(day) => set(day, chosen?.time ?? openingTime)}
              popoverProps={{ withinPortal: true }}
            />
            <TimePicker
              label={t('cases.moments.time')}
              hoursInputLabel={t('cases.moments.hours')}
              minutesInputLabel={t('cases.moments.minutes')}
              value={chosen && chosen.time !== wholeDay ? chosen.time : ''}
              disabled={chosen === null}
              onChange={(time) => set(chosen?.day ?? null, time || wholeDay)}
            />
          </Group>
        </Stack>
      </Input.Wrapper>
    </DatesInLanguage>
  )
}
