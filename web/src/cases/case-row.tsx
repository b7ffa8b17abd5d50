import { ActionIcon, Tooltip } from '@mantine/core'
import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { IconCopy, IconPhoneCall } from '@tabler/icons-react'
import { memo, type MouseEvent, useEffect, useRef, useState } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import box from './box.module.css'
import { CaseCell } from './case-cell.tsx'
import { useOpenCase } from './case-link.tsx'
import { CaseMenu, copyNumber, useCallBack } from './case-menu.tsx'
import { nameOf, numberOf } from './case-names.ts'
import classes from './case-table.module.css'
import type { ColumnName } from './columns.ts'

type Props = {
  kase: CaseView
  index: number
  start: number
  shown: readonly ColumnName[]
  isActive: boolean
  isSelected: boolean
  maySelect: boolean
  onSelect: (id: string, through?: boolean) => void
  onActive: (id: string) => void
}

/** One case; all of it leads there. Its buttons are drawn for whoever comes near. */
export const CaseRow = memo(function CaseRow(props: Props) {
  const { kase, index, start, shown, isActive, isSelected, maySelect, onSelect, onActive } = props
  const open = useOpenCase()
  const near = useNear()
  const click = (event: MouseEvent) => {
    // Links and buttons in the row act for themselves, and a name may be marked to be copied.
    if (event.defaultPrevented || (event.target as Element).closest('a, button, label, input, [role="menu"]')) return
    if (window.getSelection()?.isCollapsed === false) return
    if (event.shiftKey && maySelect) onSelect(kase.id, true)
    else if (event.button < 2) open(kase.id, event)
  }
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={maySelect ? isSelected : undefined}
      data-index={index}
      data-selected={isSelected || undefined}
      data-near={near.isNear || undefined}
      tabIndex={isActive ? 0 : -1}
      className={classes.row}
      style={{ transform: `translateY(${start}px)` }}
      onClick={click}
      onAuxClick={click}
      onFocus={() => {
        onActive(kase.id)
        near.come()
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) near.leave()
      }}
      onPointerEnter={near.comeSoon}
      onPointerLeave={({ currentTarget }) => near.leave(currentTarget.contains(document.activeElement))}
    >
      {maySelect && <SelectCell kase={kase} isSelected={isSelected} isActive={isActive} onSelect={onSelect} />}
      {shown.map((name, i) => (
        <div key={name} role="gridcell" aria-colindex={i + (maySelect ? 2 : 1)} className={classes.cell}>
          <CaseCell kase={kase} column={name} isReachable={isActive} />
        </div>
      ))}
      <div role="gridcell" className={classes.actions}>
        {near.isNear && <RowActions kase={kase} />}
      </div>
    </div>
  )
})

const passingMs = 70

/** Whether somebody is at this row. A pointer that only passes over it, while the table scrolls, is not. */
function useNear() {
  const [isNear, setNear] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return {
    isNear,
    come: () => setNear(true),
    comeSoon: () => (timer.current = setTimeout(() => setNear(true), passingMs)),
    leave(isStill = false) {
      clearTimeout(timer.current)
      setNear(isStill)
    },
  }
}

type SelectProps = Pick<Props, 'kase' | 'isSelected' | 'isActive' | 'onSelect'>

function SelectCell({ kase, isSelected, isActive, onSelect }: SelectProps) {
  const t = useT()
  return (
    <div role="gridcell" aria-colindex={1} className={classes.select}>
      <label className={classes.selectLabel}>
        <input
          type="checkbox"
          className={box.box}
          aria-label={t('cases.table.select', { name: nameOf(t, kase) })}
          tabIndex={isActive ? 0 : -1}
          checked={isSelected}
          onChange={() => undefined}
          onClick={({ shiftKey }) => onSelect(kase.id, shiftKey)}
        />
      </label>
    </div>
  )
}

function RowActions({ kase }: { kase: CaseView }) {
  const t = useT()
  const { may } = useMe()
  const callBack = useCallBack()
  const number = numberOf(kase)
  return (
    <>
      {number && (
        <RowAction label={t('cases.row.copy')} onClick={() => void copyNumber(t, number)}>
          <IconCopy size={16} />
        </RowAction>
      )}
      {may('cases:write') && callBack.statusFor(kase) && (
        <RowAction label={t('cases.row.call_back_tomorrow')} onClick={() => callBack.tomorrow(kase)}>
          <IconPhoneCall size={16} />
        </RowAction>
      )}
      <CaseMenu kase={kase} />
    </>
  )
}

function RowAction({ label, onClick, children }: { label: string; onClick: () => void; children: React.ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
