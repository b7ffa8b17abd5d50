import { ActionIcon, Popover, TextInput } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import { type KeyboardEvent, lazy, Suspense, useState } from 'react'
import { daysBetween, formatDay, formatLongDate, formatTime } from '../format.ts'
import { useT } from '../i18n.ts'
import { useNow } from './use-now.ts'
import { todayIn } from '../zoned.ts'
import classes from './moment-fields.module.css'
import { readMoment, stepDay, stepTime, type TypedMoment } from '../typed-moment.ts'

const Month = lazy(() => import('./month.tsx').then(({ Month }) => ({ default: Month })))

type Props = {
  value: TypedMoment
  onChange: (value: TypedMoment) => void
  zone: string
  /** What is wrong with it beside what can be seen here. */
  error?: string | null | undefined
  autoFocus?: boolean
  isRequired?: boolean
}

/** A day and a time, typed in a few keys or picked from a month; below it, how it is understood. */
export function MomentFields({ value, onChange, zone, error, autoFocus = false, isRequired = false }: Props) {
  const t = useT()
  const now = useNow()
  const today = todayIn(zone, now)
  const read = readMoment(value, zone, now)
  const setDay = (day: string) => onChange({ ...value, day: formatDay(day) })

  return (
    <div className={classes.moment}>
      <div className={classes.fields}>
        <TextInput
          className={classes.day}
          label={t('case.moment.day')}
          placeholder={t('case.moment.day_example')}
          autoComplete="off"
          required={isRequired}
          autoFocus={autoFocus}
          data-autofocus={autoFocus || undefined}
          value={value.day}
          error={Boolean(error) || (read.problem === 'day' && value.day !== '')}
          onChange={({ currentTarget }) => onChange({ ...value, day: currentTarget.value })}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onKeyDown={(event) => onArrows(event, (step) => setDay(stepDay(read.day, step, today)))}
          rightSection={<PickDay day={read.day ?? today} onPick={setDay} />}
          rightSectionPointerEvents="all"
        />
        <TextInput
          className={classes.time}
          label={t('case.moment.time')}
          placeholder="09:30"
          autoComplete="off"
          value={value.time}
          error={read.problem === 'time'}
          onChange={({ currentTarget }) => onChange({ ...value, time: currentTarget.value })}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onKeyDown={(event) => onArrows(event, (step) => onChange({ ...value, time: stepTime(read.time, step) }))}
        />
      </div>
      <Understood value={value} zone={zone} error={error} />
    </div>
  )
}

function Understood({ value, zone, error }: Pick<Props, 'value' | 'zone' | 'error'>) {
  const t = useT()
  const now = useNow()
  const { moment, problem, day, time } = readMoment(value, zone, now)
  if (error) return <p className={classes.wrong}>{error}</p>
  const isBegun = problem === 'time' || value.day.trim() !== ''
  if (problem && isBegun) return <p className={classes.wrong}>{t(`case.moment.wrong_${problem}`)}</p>
  if (!moment || !day) return <p className={classes.said}>{t('case.moment.how')}</p>
  const at = time ? new Date(moment) : new Date(`${day}T12:00:00Z`)
  const date = formatLongDate(at, { zone: time ? zone : 'UTC' })
  const said = time ? t('case.moment.read', { date, time: formatTime(at, { zone }) }) : date
  const days = daysBetween(now, at, zone)
  const warning = days < 0 || (time && at < now) ? t('case.moment.past') : days > 365 ? t('case.moment.far') : null
  return (
    <p className={classes.said} aria-live="polite">
      {said}
      {warning && <strong className={classes.warning}>{warning}</strong>}
    </p>
  )
}

function PickDay({ day, onPick }: { day: string; onPick: (day: string) => void }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon size="md" aria-label={t('case.moment.pick')} onClick={() => setOpen(!isOpen)}>
          <IconCalendar size={16} stroke={1.5} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Suspense fallback={<div className={classes.month} />}>
          <Month
            day={day}
            onPick={(picked) => {
              onPick(picked)
              setOpen(false)
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}

function onArrows(event: KeyboardEvent, step: (by: number) => void) {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  event.preventDefault()
  step(event.key === 'ArrowUp' ? 1 : -1)
}
