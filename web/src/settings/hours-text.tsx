import type { ClinicHours } from '@clinicacrm/contract/clinic-hours.ts'
import { Stack, Text } from '@mantine/core'
import { formatDay } from '../format.ts'
import { useT } from '../i18n.ts'
import form from './hours-form.module.css'
import classes from './hours-text.module.css'
import { weekdays } from './hours-values.ts'
import { nameOfDay } from './opening-day.tsx'

/** A clinic's hours, to read. */
export function HoursText({ hours: { opening, quiet_before, quiet_after, holidays } }: { hours: ClinicHours }) {
  const t = useT()
  return (
    <Stack gap="lg">
      <section>
        <h3 className={form.title}>{t('settings.hours.opening')}</h3>
        <dl className={classes.days}>
          {weekdays.map((day) => (
            <div key={day} className={classes.fact}>
              <dt>{nameOfDay(day)}</dt>
              <dd>{opening[day]?.map(({ from, to }) => `${from}–${to}`).join(', ') || t('settings.hours.closed')}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h3 className={form.title}>{t('settings.hours.quiet')}</h3>
        <Text size="sm" mt="xs">
          {t('settings.hours.quiet_is', { before: quiet_before, after: quiet_after })}
        </Text>
      </section>
      <section>
        <h3 className={form.title}>{t('settings.hours.holidays')}</h3>
        {holidays.length === 0 && (
          <Text size="sm" c="dimmed" mt="xs">
            {t('settings.hours.no_holidays')}
          </Text>
        )}
        <dl className={classes.days}>
          {holidays.map(({ day, label }) => (
            <div key={day} className={classes.fact}>
              <dt>{formatDay(day)}</dt>
              <dd>{label}</dd>
            </div>
          ))}
        </dl>
      </section>
    </Stack>
  )
}
