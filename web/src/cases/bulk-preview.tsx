import type { previewBulk } from '@clinicacrm/contract/case-lists.ts'
import type { CaseView } from '@clinicacrm/contract/cases.ts'
import { Skeleton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ApiError, ReplyOf } from '../api.ts'
import { formatDateTime, formatNumber } from '../format.ts'
import { useT } from '../i18n.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import type { BulkChange } from './bulk-change.ts'
import classes from './bulk-preview.module.css'
import { caseHref } from './case-link.tsx'
import { useFacts } from './facts.tsx'

type Preview = ReplyOf<typeof previewBulk>
type Props = { preview: UseQueryResult<Preview, ApiError>; change: BulkChange; isCurrent: boolean }

/** What a change of many would do: how many, a few of them before and after, and whom it would leave out and why. */
export function BulkPreview({ preview, change, isCurrent }: Props) {
  if (preview.isError) return <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} />
  if (!preview.data) return <Skeleton height={132} />
  return (
    <section className={classes.preview} aria-busy={!isCurrent} data-stale={!isCurrent || undefined}>
      <Counts data={preview.data} />
      <Sample data={preview.data} change={change} />
      <Refused data={preview.data} />
    </section>
  )
}

function Counts({ data }: { data: Preview }) {
  const t = useT()
  const { changes, unchanged, refused } = data
  const parts = [
    t('cases.bulk.preview.changes', { count: changes, shown: formatNumber(changes) }),
    ...(unchanged ? [t('cases.bulk.preview.unchanged', { count: unchanged, shown: formatNumber(unchanged) })] : []),
    ...(refused.length
      ? [t('cases.bulk.preview.refused', { count: refused.length, shown: formatNumber(refused.length) })]
      : []),
  ]
  return (
    <div role="status">
      <ul className={classes.counts}>
        {parts.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ul>
    </div>
  )
}

function Sample({ data, change }: { data: Preview; change: BulkChange }) {
  const t = useT()
  if (data.sample.length === 0) return null
  return (
    <table className={classes.table}>
      <caption>{t('cases.bulk.preview.sample')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('cases.fields.name')}</th>
          <th scope="col">{t('cases.bulk.preview.before')}</th>
          <th scope="col">{t('cases.bulk.preview.after')}</th>
        </tr>
      </thead>
      <tbody>
        {data.sample.map(({ id, name, from }) => (
          <tr key={id}>
            <th scope="row">
              <Name id={id} name={name} />
            </th>
            <td>
              {changedIn(from).map((field) => (
                <Value key={field} field={field} value={from[field] as string | null} />
              ))}
            </td>
            <td>
              {changedIn(from).map((field) => (
                <Value key={field} field={field} value={change[field] ?? null} />
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const shownFields = {
  status: true,
  assigned_to: true,
  follow_up_date: true,
  dialer_campaign_tag: true,
  lost_reason: true,
}
type ShownField = keyof typeof shownFields & keyof CaseView

const changedIn = (from: Record<string, unknown>) =>
  Object.keys(from).filter((name): name is ShownField => name in shownFields)

function Value({ field, value }: { field: ShownField; value: string | null }) {
  const t = useT()
  const { personNamed } = useFacts()
  if (value === null || value === undefined) return <div className={classes.none}>{t('common.not_set')}</div>
  if (field === 'status') return <StatusChip status={value} />
  if (field === 'follow_up_date') return <div>{formatDateTime(value)}</div>
  return <div>{field === 'assigned_to' ? personNamed(value) : value}</div>
}

/** Beside this page, so that the change being prepared stays. */
function Name({ id, name }: { id: string; name: string }) {
  return (
    <a href={caseHref(id)} target="_blank" rel="noreferrer" className={classes.name}>
      {name || `#${id}`}
    </a>
  )
}

const shownAtMost = 50
const reasons = { move_not_offered: true, follow_up_date_required: true, lost_reason_required: true }

function Refused({ data: { refused } }: { data: Preview }) {
  const t = useT()
  if (refused.length === 0) return null
  const reasonOf = (code: string) =>
    t(`cases.bulk.refused.${code in reasons ? (code as keyof typeof reasons) : 'other'}`)
  return (
    <details className={classes.refused}>
      <summary>
        {t('cases.bulk.preview.refused_list', { count: refused.length, shown: formatNumber(refused.length) })}
      </summary>
      <ul>
        {refused.slice(0, shownAtMost).map(({ id, name, code }) => (
          <li key={id}>
            <Name id={id} name={name} />
            <span className={classes.none}>{reasonOf(code)}</span>
          </li>
        ))}
      </ul>
      {refused.length > shownAtMost && (
        <p className={classes.none}>{t('cases.bulk.preview.and_more', { count: refused.length - shownAtMost })}</p>
      )}
    </details>
  )
}
