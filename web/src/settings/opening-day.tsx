import { ActionIcon, Button } from '@mantine/core'
import { IconCopy, IconPlus, IconX } from '@tabler/icons-react'
import { useId } from 'react'
import { formatWeekdayName } from '../format.ts'
import { useT } from '../i18n.ts'
import { Tip } from '../ui/tip.tsx'
import { ClockField } from './clock-field.tsx'
import classes from './hours-form.module.css'
import { copied, mostSpans, nextSpan } from './hours-values.ts'
import type { HoursFormState } from './use-hours-form.ts'

type Props = { day: number; form: HoursFormState }

/** From Monday on: any week has them. */
export const nameOfDay = (day: number): string => formatWeekdayName(`2024-01-0${day + 1}`, 'long')

const friday = 4

export function OpeningDay({ day, form }: Props) {
  const t = useT()
  const spans = form.values.opening[day] ?? []
  const name = nameOfDay(day)
  const path = `opening.${day}`
  return (
    <div role="group" aria-label={name} className={classes.day}>
      <div className={classes.name}>{name}</div>
      <div className={classes.spans}>
        {spans.length === 0 && <span className={classes.closed}>{t('settings.hours.closed')}</span>}
        {spans.map(({ key }, i) => (
          <Span
            key={key}
            name={name}
            number={i + 1}
            from={form.getInputProps(`${path}.${i}.from`)}
            to={form.getInputProps(`${path}.${i}.to`)}
            onRemove={() => form.removeListItem(path, i)}
          />
        ))}
        {day === 0 && spans.length > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            className={classes.copy!}
            leftSection={<IconCopy size={14} aria-hidden />}
            onClick={() => {
              for (let other = 1; other <= friday; other += 1) form.setFieldValue(`opening.${other}`, copied(spans))
            }}
          >
            {t('settings.hours.copy')}
          </Button>
        )}
      </div>
      <Tip label={t('settings.hours.add_span')}>
        <ActionIcon
          className={classes.beside!}
          aria-label={t('settings.hours.add_span_on', { day: name })}
          disabled={spans.length >= mostSpans}
          onClick={() => form.insertListItem(path, nextSpan(spans))}
        >
          <IconPlus size={16} />
        </ActionIcon>
      </Tip>
    </div>
  )
}

type Field = ReturnType<HoursFormState['getInputProps']>
type SpanProps = { name: string; number: number; from: Field; to: Field; onRemove: () => void }

function Span({ name, number, from, to, onRemove }: SpanProps) {
  const t = useT()
  const problemId = useId()
  const problem = (from.error ?? to.error) as string | undefined
  const described = problem ? { 'aria-errormessage': problemId } : {}
  return (
    <div>
      <div className={classes.span}>
        <ClockField
          {...from}
          {...described}
          error={Boolean(from.error)}
          aria-label={t('settings.hours.from', { day: name, number })}
        />
        <span aria-hidden>–</span>
        <ClockField
          {...to}
          {...described}
          error={Boolean(to.error)}
          aria-label={t('settings.hours.to', { day: name, number })}
        />
        <ActionIcon aria-label={t('settings.hours.remove_span', { day: name, number })} onClick={onRemove}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {problem && (
        <p id={problemId} role="alert" className={classes.wrong}>
          {problem}
        </p>
      )}
    </div>
  )
}
