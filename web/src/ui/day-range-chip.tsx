import { Popover, Skeleton } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { formatDay } from '../format.ts'
import { useT } from '../i18n.ts'
import { ChipText, ClearChip } from './filter-chip.tsx'
import classes from './filter-chip.module.css'

const DayRange = lazy(() => import('./day-range.tsx').then(({ DayRange }) => ({ default: DayRange })))

type Props = {
  label: string
  /** Where today is today. */
  zone: string | undefined
  /** Days, both included. */
  from: string | undefined
  to: string | undefined
  onChange: (from: string | undefined, to: string | undefined) => void
}

/** A filter by days: from one to another, or open at an end. */
export function DayRangeChip({ label, zone, from, to, onChange }: Props) {
  const t = useT()
  const [isOpened, setOpened] = useState(false)
  return (
    <div className={classes.chip} data-active={Boolean(from || to) || undefined}>
      <Popover opened={isOpened} onChange={setOpened} position="bottom-start" trapFocus withinPortal returnFocus>
        <Popover.Target>
          <button type="button" className={classes.open} onClick={() => setOpened(!isOpened)}>
            <ChipText label={label} shown={rangeText(t, from, to)} />
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={label}>
          <Suspense fallback={<Skeleton width={420} height={280} />}>
            <DayRange
              zone={zone}
              from={from ?? null}
              to={to ?? null}
              onChange={(first, last) => onChange(first ?? undefined, last ?? undefined)}
            />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      {(from || to) && <ClearChip label={label} onClear={() => onChange(undefined, undefined)} />}
    </div>
  )
}

function rangeText(t: ReturnType<typeof useT>, from: string | undefined, to: string | undefined): string[] {
  if (from && to)
    return [from === to ? formatDay(from) : t('cases.filters.between', { from: formatDay(from), to: formatDay(to) })]
  if (from) return [t('cases.filters.since', { from: formatDay(from) })]
  return to ? [t('cases.filters.until', { to: formatDay(to) })] : []
}
