import { VisuallyHidden } from '@mantine/core'
import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import box from './box.module.css'
import classes from './case-table.module.css'
import { usualOrder } from './cases-search.ts'
import { type ColumnName, firstOrderOf, nextOrder, sortOf } from './columns.ts'
import { useCases } from './use-cases.ts'
import type { Selection } from './use-selection.ts'

type Props = {
  shown: readonly ColumnName[]
  rows: readonly CaseView[]
  /** Null for who cannot change many at once. */
  selection: Selection | null
}

export function TableHead({ shown, rows, selection }: Props) {
  const t = useT()
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        {selection && <SelectAll rows={rows} selection={selection} />}
        {shown.map((name, i) => (
          <Heading key={name} name={name} index={i + (selection ? 2 : 1)} />
        ))}
        <div role="columnheader" className={classes.actionsHead}>
          <VisuallyHidden>{t('cases.table.actions')}</VisuallyHidden>
        </div>
      </div>
    </div>
  )
}

function SelectAll({ rows, selection }: { rows: readonly CaseView[]; selection: Selection }) {
  const t = useT()
  const chosen = rows.filter(({ id }) => selection.has(id)).length
  const isWhole = rows.length > 0 && chosen === rows.length
  return (
    <div role="columnheader" aria-colindex={1} className={classes.select}>
      <label className={classes.selectLabel}>
        <input
          type="checkbox"
          className={box.box}
          aria-label={t('cases.table.select_loaded')}
          checked={isWhole}
          ref={(element) => {
            if (element) element.indeterminate = chosen > 0 && !isWhole
          }}
          onChange={() => (isWhole ? selection.clear() : selection.selectLoaded())}
        />
      </label>
    </div>
  )
}

function Heading({ name, index }: { name: ColumnName; index: number }) {
  const t = useT()
  const { order, show } = useCases()
  const label = t(`cases.fields.${name}`)
  const sort = sortOf(name, order)
  const cell = { role: 'columnheader', 'aria-colindex': index, className: classes.heading }
  if (!firstOrderOf(name)) return <div {...cell}>{label}</div>
  const Arrow = sort === 'ascending' ? IconArrowUp : IconArrowDown
  const next = nextOrder(name, order, usualOrder)
  return (
    <div {...cell} {...(sort && { 'aria-sort': sort })}>
      <button
        type="button"
        className={classes.sort}
        data-sorted={sort}
        onClick={() => show({ order: next === usualOrder ? undefined : next })}
      >
        {label}
        <Arrow size={14} stroke={2} aria-hidden className={classes.arrow} />
      </button>
    </div>
  )
}
