import { Button, CloseButton } from '@mantine/core'
import { IconCalendarEvent, IconCircleDot, IconSpeakerphone, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { formatNumber } from '../format.ts'
import { useT } from '../i18n.ts'
import classes from './bulk-bar.module.css'
import { type BulkKind, bulkKinds, mostCases } from './bulk-change.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import type { Selection } from './use-selection.ts'

const icons = {
  assigned_to: IconUser,
  status: IconCircleDot,
  follow_up_date: IconCalendarEvent,
  dialer_campaign_tag: IconSpeakerphone,
}

type Count = { count: number; capped: boolean }
type Props = { selection: Selection; count: Count | null }

/** What can be done with the chosen cases; there only while some are chosen. */
export function BulkBar({ selection, count }: Props) {
  const t = useT()
  const [kind, setKind] = useState<BulkKind | null>(null)
  const { isSome } = selection
  const text = isSome ? textOf(t, selection, count) : ''
  return (
    <div role="region" aria-label={t('cases.bulk.label')} className={classes.place}>
      <div role="status" className={classes.said}>
        {text}
      </div>
      {isSome && (
        <div className={classes.bar}>
          <span className={classes.count} aria-hidden>
            {text}
          </span>
          {!selection.isAll && count && <SelectAll selection={selection} count={count} />}
          <span className={classes.actions}>
            {bulkKinds.map((one) => (
              <KindButton key={one} kind={one} onClick={() => setKind(one)} />
            ))}
          </span>
          <CloseButton
            className={classes.close!}
            aria-label={t('cases.bulk.clear')}
            title={t('cases.bulk.clear')}
            onClick={selection.clear}
          />
        </div>
      )}
      {kind && <BulkDialog kind={kind} selection={selection} onClose={() => setKind(null)} />}
    </div>
  )
}

function textOf(t: ReturnType<typeof useT>, { isAll, ids }: Selection, count: Count | null) {
  if (isAll && count) return t('cases.bulk.all', { shown: formatNumber(count.count), count: count.count })
  return t('cases.bulk.selected', { count: ids.size, shown: formatNumber(ids.size) })
}

/** Beyond what is loaded, to all that the filters find. */
function SelectAll({ selection, count }: { selection: Selection; count: Count }) {
  const t = useT()
  if (!count.capped && count.count <= selection.ids.size) return null
  if (count.capped || count.count > mostCases) {
    return <span className={classes.hint}>{t('cases.bulk.too_many', { most: formatNumber(mostCases) })}</span>
  }
  return (
    <Button variant="subtle" size="compact-sm" onClick={selection.selectAll}>
      {t('cases.bulk.select_all', { shown: formatNumber(count.count) })}
    </Button>
  )
}

function KindButton({ kind, onClick }: { kind: BulkKind; onClick: () => void }) {
  const t = useT()
  const Icon = icons[kind]
  return (
    <Button variant="default" size="xs" leftSection={<Icon size={16} stroke={1.75} aria-hidden />} onClick={onClick}>
      {t(`cases.bulk.kinds.${kind}`)}
    </Button>
  )
}
