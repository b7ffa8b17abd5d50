import type { ClinicHours } from '@clinicacrm/contract/clinic-hours.ts'
import { Button, Group, SimpleGrid, Stack } from '@mantine/core'
import { useT } from '../i18n.ts'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Problem } from '../ui/problem.tsx'
import { ClockField } from './clock-field.tsx'
import { Holidays } from './holidays.tsx'
import classes from './hours-form.module.css'
import { weekdays } from './hours-values.ts'
import { OpeningDay } from './opening-day.tsx'
import { useHoursForm } from './use-hours-form.ts'

type Props = { clinicId: string; hours: ClinicHours; onDone: () => void }

/** When a clinic is open, when nobody is called, and the days it is closed. */
export function HoursForm({ clinicId, hours, onDone }: Props) {
  const t = useT()
  const { form, submit, isDirty, problem, isBusy } = useHoursForm(clinicId, hours, onDone)
  return (
    <form onSubmit={form.onSubmit(submit, focusFirstWrong)} noValidate>
      <Stack gap="lg">
        <section>
          <h3 className={classes.title}>{t('settings.hours.opening')}</h3>
          <p className={classes.text}>{t('settings.hours.opening_text')}</p>
          {weekdays.map((day) => (
            <OpeningDay key={day} day={day} form={form} />
          ))}
        </section>
        <section>
          <h3 className={classes.title}>{t('settings.hours.quiet')}</h3>
          <p className={classes.text}>{t('settings.hours.quiet_text')}</p>
          <SimpleGrid cols={2}>
            <ClockField label={t('settings.hours.quiet_before')} {...form.getInputProps('quiet_before')} />
            <ClockField label={t('settings.hours.quiet_after')} {...form.getInputProps('quiet_after')} />
          </SimpleGrid>
        </section>
        <Holidays form={form} />
        <Problem>{problem}</Problem>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isDirty}>
            {t('common.actions.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
