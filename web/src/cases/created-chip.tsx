import { Popover, Skeleton } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { formatDay } from '../format.ts'
import { useT } from '../i18n.ts'
import { ChipText, ClearChip } from './filter-chip.tsx'
import classes from './filter-chip.module.css'
import { useCases } from './use-cases.ts'

const DayRange = lazy(() => import('./day-range.tsx').then(({ DayRange }) => ({ default: DayRange })))

/** Between which days a case was opened. */
export function CreatedChip() {
  const t = useT()
  const { search, show } = useCases()
  const [isOpened, setOpened] = useState(false)
  const { created_from: from, created_to: to } = search
  const label = t('cases.fields.created_at')
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
              from={from ?? null}
              to={to ?? null}
              onChange={(first, last) => show({ created_from: first ?? undefined, created_to: last ?? undefined })}
            />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      {(from || to) && (
        <ClearChip label={label} onClear={() => show({ created_from: undefined, created_to: undefined })} />
      )}
    </div>
  )
}

function rangeText(t: ReturnType<typeof useT>, from: string | undefined, to: string | undefined): string[] {
  if (from && to)
    return [from === to ? formatDay(from) : t('cases.filters.between', { from: formatDay(from), to: formatDay(to) })]
  if (from) return [t('cases.filters.since', { from: formatDay(from) })]
  return to ? [t('cases.filters.until', { to: formatDay(to) })] : []
}
