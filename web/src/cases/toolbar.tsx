import { exportCases } from '@clinicacrm/contract/case-lists.ts'
import { ActionIcon, Checkbox, Popover, SegmentedControl, Stack, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { IconCalendar, IconColumns3, IconDownload, IconLayoutKanban, IconTable } from '@tabler/icons-react'
import { useState } from 'react'
import { formatNumber } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { writeSearchParams } from '../search-params.ts'
import { useMe } from '../session.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { type Shape, shapes } from './cases-search.ts'
import { columnNames, fixedColumn, useColumns } from './columns.ts'
import classes from './toolbar.module.css'
import { useCases } from './use-cases.ts'

type Count = { count: number; capped: boolean }

/** How many there are, and in what form they are shown or taken along. */
export function Toolbar({ count, isStale }: { count: Count | null; isStale: boolean }) {
  const { search } = useCases()
  const { may } = useMe()
  const isNarrow = useIsNarrow()
  const isTable = (search.shape ?? 'table') === 'table'
  return (
    <>
      <CountText count={count} isStale={isStale} />
      {may('cases:export') && <Export count={count} />}
      {isTable && !isNarrow && <ColumnChooser />}
      <ShapeSwitch />
    </>
  )
}

export function useCountText() {
  const t = useT()
  return ({ count, capped }: Count) => {
    const shown = formatNumber(count)
    return capped ? t('cases.count_capped', { shown }) : t('cases.count', { count, shown })
  }
}

function CountText({ count, isStale }: { count: Count | null; isStale: boolean }) {
  const textOf = useCountText()
  return (
    <Text component="span" role="status" className={classes.count} data-stale={isStale || undefined}>
      {count && textOf(count)}
    </Text>
  )
}

/** Larger files are worth a second thought. */
const askAbove = 10_000

function Export({ count }: { count: Count | null }) {
  const t = useT()
  const textOf = useCountText()
  const { filters } = useCases()
  const [isAsking, setAsking] = useState(false)
  const href = preloaded.base_path + exportCases.path + writeSearchParams({ ...filters, locale: currentLocale() })
  const isLarge = count !== null && (count.capped || count.count > askAbove)
  return (
    <>
      <Tooltip label={t('cases.export.button')}>
        <ActionIcon
          component="a"
          href={href}
          download
          size="md"
          aria-label={t('cases.export.button')}
          onClick={(event) => {
            if (!isLarge) return
            event.preventDefault()
            setAsking(true)
          }}
        >
          <IconDownload size={18} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <ConfirmDialog
        opened={isAsking}
        title={t('cases.export.title')}
        text={count && t('cases.export.text', { cases: textOf(count) })}
        confirm={t('cases.export.confirm')}
        onConfirm={() => download(href)}
        onClose={() => setAsking(false)}
      />
    </>
  )
}

function download(href: string) {
  const link = document.createElement('a')
  link.href = href
  link.download = ''
  link.click()
}

function ColumnChooser() {
  const t = useT()
  const { shown, isUsual, toggle, reset } = useColumns()
  return (
    <Popover position="bottom-end" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <ActionIcon size="md" aria-label={t('cases.columns.button')} title={t('cases.columns.button')}>
          <IconColumns3 size={18} stroke={1.75} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('cases.columns.button')} className={classes.columns}>
        <Stack gap={0}>
          {columnNames.map((name) => (
            <Checkbox
              key={name}
              size="xs"
              className={classes.column!}
              label={t(`cases.fields.${name}`)}
              checked={shown.includes(name)}
              disabled={name === fixedColumn}
              onChange={() => void toggle(name)}
            />
          ))}
        </Stack>
        {!isUsual && (
          <UnstyledButton className={classes.reset} onClick={() => void reset()}>
            {t('cases.columns.reset')}
          </UnstyledButton>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

const icons = { table: IconTable, board: IconLayoutKanban, calendar: IconCalendar }

function ShapeSwitch() {
  const t = useT()
  const { search, show } = useCases()
  const data = shapes.map((shape) => {
    const Icon = icons[shape]
    const label = t(`cases.shapes.${shape}`)
    return { value: shape, label: <Icon size={16} stroke={1.75} role="img" aria-label={label} title={label} /> }
  })
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('cases.shapes.label')}
      className={classes.shapes!}
      data={data}
      value={search.shape ?? 'table'}
      onChange={(shape) => show({ shape: shape === 'table' ? undefined : (shape as Exclude<Shape, 'table'>) })}
    />
  )
}
