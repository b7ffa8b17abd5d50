import { Button, CloseButton } from '@mantine/core'
import { IconCalendarEvent, IconCircleDot, IconSpeakerphone, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { formatNumber } from '../format.ts'
import { useT } from '../i18n.ts'
import classes from './bulk-bar.module.css'
import { type BulkKind, bulkKinds } from './bulk-change.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import type { Selection } from './use-selection.ts'

const icons = {
  assigned_to: IconUser,
  status: IconCircleDot,
  follow_up_date: IconCalendarEvent,
  dialer_campaign_tag: IconSpeakerphone,
}

type Props = { selection: Selection; count: { count: number; capped: boolean } | null }

/** What can be done with the chosen cases; there only while some are chosen. */
export function BulkBar({ selection, count }: Props) {
  const t = useT()
  const [kind, setKind] = useState<BulkKind | null>(null)
  const chosen = selection.isAll && count ? count.count : selection.ids.size
  const isSome = selection.isAll || selection.ids.size > 0
  return (
    <div role="region" aria-label={t('cases.bulk.label')} className={classes.place}>
      <div role="status" className={classes.said}>
        {isSome &&
          (selection.isAll
            ? allText(t, count)
            : t('cases.bulk.selected', { count: chosen, shown: formatNumber(chosen) }))}
      </div>
      {isSome && (
        <div className={classes.bar}>
          <span className={classes.count} aria-hidden>
            {selection.isAll
              ? allText(t, count)
              : t('cases.bulk.selected', { count: chosen, shown: formatNumber(chosen) })}
          </span>
          {!selection.isAll && count && (count.capped || count.count > selection.ids.size) && (
            <Button variant="subtle" size="compact-sm" onClick={selection.selectAll}>
              {count.capped
                ? t('cases.bulk.select_all_capped', { shown: formatNumber(count.count) })
                : t('cases.bulk.select_all', { shown: formatNumber(count.count) })}
            </Button>
          )}
          <span className={classes.actions}>
            {bulkKinds.map((one) => (
              <KindButton key={one} kind={one} onClick={() => setKind(one)} />
            ))}
          </span>
          <CloseButton aria-label={t('cases.bulk.clear')} title={t('cases.bulk.clear')} onClick={selection.clear} />
        </div>
      )}
      {kind && <BulkDialog kind={kind} selection={selection} onClose={() => setKind(null)} />}
    </div>
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

function allText(t: ReturnType<typeof useT>, count: Props['count']) {
  if (!count) return ''
  const shown = formatNumber(count.count)
  return count.capped ? t('cases.bulk.all_capped', { shown }) : t('cases.bulk.all', { shown, count: count.count })
}
