import { ActionIcon, Button, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import classes from './hours-form.module.css'
import { emptyHoliday, mostHolidays } from './hours-values.ts'
import type { HoursFormState } from './use-hours-form.ts'

/** Days on which nobody is called, whatever the day of the week. */
export function Holidays({ form }: { form: HoursFormState }) {
  const t = useT()
  const { holidays } = form.values
  return (
    <section>
      <h3 className={classes.title}>{t('settings.hours.holidays')}</h3>
      <p className={classes.text}>{t('settings.hours.holidays_text')}</p>
      {holidays.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('settings.hours.no_holidays')}
        </Text>
      )}
      {holidays.map(({ key }, i) => (
        <div
          key={key}
          role="group"
          aria-label={t('settings.hours.holiday', { number: i + 1 })}
          className={classes.holiday}
        >
          <TextInput type="date" aria-label={t('settings.hours.day')} {...form.getInputProps(`holidays.${i}.day`)} />
          <TextInput
            aria-label={t('settings.hours.label')}
            placeholder={t('settings.hours.label_example')}
            maxLength={100}
            {...form.getInputProps(`holidays.${i}.label`)}
          />
          <ActionIcon
            className={classes.beside!}
            aria-label={t('settings.hours.remove_holiday', { number: i + 1 })}
            onClick={() => form.removeListItem('holidays', i)}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        mt="sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={holidays.length >= mostHolidays}
        onClick={() => form.insertListItem('holidays', emptyHoliday())}
      >
        {t('settings.hours.add_holiday')}
      </Button>
    </section>
  )
}
