import { useCallback, useMemo } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { onceEach } from '../once-each.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { BulkBar } from './bulk-bar.tsx'
import { usePendingCases } from './case-changes.tsx'
import { CaseCards } from './case-cards.tsx'
import { useCaseCount, useCasePages } from './case-queries.ts'
import { CaseTable } from './case-table.tsx'
import classes from './cases-page.module.css'
import { useColumns } from './columns.ts'
import { NoCases } from './no-cases.tsx'
import { ShapeSkeleton } from './shape-skeleton.tsx'
import { useCases } from './use-cases.ts'
import { useSelection } from './use-selection.ts'

/** The cases one below the other: a table where there is room, cards where there is none. */
export function CaseList() {
  const t = useT()
  const maySelect = useMe().may('cases:bulk')
  const { filters, order } = useCases()
  const isNarrow = useIsNarrow()
  const { shown } = useColumns()
  const pages = useCasePages(filters, order)
  const { data: count } = useCaseCount(filters)
  const rows = useRows(pages.data?.pages)
  const selection = useSelection(JSON.stringify(filters), rows)
  const { fetchNextPage } = pages
  const more = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage])

  if (pages.isPending) return <ShapeSkeleton shape="table" />
  if (pages.isError && rows.length === 0) {
    return (
      <div className={classes.padded}>
        <ErrorPanel error={pages.error} title={t('cases.failed')} onRetry={() => void pages.refetch()} />
      </div>
    )
  }
  if (rows.length === 0 && !pages.isPlaceholderData) return <NoCases />
  const list = {
    rows,
    total: count && !count.capped && !pages.isPlaceholderData ? count.count : null,
    selection,
    isStale: pages.isPlaceholderData,
    hasMore: pages.hasNextPage && !pages.isFetchingNextPage && !pages.isFetchNextPageError,
    onMore: more,
  }
  return (
    <>
      {isNarrow ? <CaseCards {...list} /> : <CaseTable {...list} shown={shown} />}
      {pages.isFetchNextPageError && (
        <div className={classes.padded}>
          <ErrorPanel error={pages.error} title={t('cases.failed_more')} onRetry={more} />
        </div>
      )}
      {maySelect && <BulkBar selection={selection} count={count ?? null} />}
    </>
  )
}

type Pages = NonNullable<ReturnType<typeof useCasePages>['data']>['pages']

/** All rows that are here, with what is being changed in them as if it had arrived. A row that moved between two pages is here once. */
function useRows(pages: Pages | undefined) {
  const pending = usePendingCases()
  return useMemo(() => {
    const rows = onceEach(pages?.flatMap(({ cases }) => cases) ?? [])
    return pending.size ? rows.map((kase) => pending.get(kase.id)?.after ?? kase) : rows
  }, [pages, pending])
}
