import { Button } from '@mantine/core'
import { IconFilterOff, IconPhoneCall } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { currentLocale, useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { onceEach } from '../once-each.ts'
import { ClosedPage } from '../ui/closed-page.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import table from '../ui/list-table.module.css'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { useOpenInSight } from '../ui/use-open-in-sight.ts'
import views from '../ui/views.module.css'
import classes from './call-log.module.css'
import { CallFilterBar } from './call-filters.tsx'
import { CallPanel } from './call-panel.tsx'
import { CallTable } from './call-table.tsx'
import { type CallsSearch, filtersOnly, isSameSearch, me } from './calls-search.ts'
import { useCallPages, useCallsSearch } from './use-calls.ts'

export function CallLogPage() {
  const t = useT()
  return useMe().may('calls:read') ? <OpenCallLog /> : <ClosedPage title={t('call_log.title')} />
}

/** Every call that may be seen, the newest first, under one filter; each opens in a panel beside the list. */
function OpenCallLog() {
  const t = useT()
  const { search, filters, show } = useCallsSearch()
  const pages = useCallPages(filters)
  const calls = onceEach(pages.data?.pages.flatMap((page) => page.calls) ?? [])
  return (
    <>
      <PageHeader title={t('call_log.title')}>
        <Views search={search} />
      </PageHeader>
      <CallFilterBar isBusy={pages.isFetching && pages.isPlaceholderData} />
      <div className={classes.page}>
        {pages.isPending && <SkeletonRows rows={14} />}
        {pages.isError && calls.length === 0 && (
          <ErrorPanel error={pages.error} title={t('call_log.failed')} onRetry={() => void pages.refetch()} />
        )}
        {pages.isSuccess && calls.length === 0 && <NoCalls search={search} />}
        {calls.length > 0 && (
          <div aria-busy={pages.isPlaceholderData} className={classes.rows}>
            <CallTable calls={calls} />
          </div>
        )}
        {pages.isFetchNextPageError && <ErrorPanel error={pages.error} title={t('call_log.failed_more')} />}
        {pages.hasNextPage && (
          <Button
            variant="default"
            className={table.more}
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('call_log.more')}
          </Button>
        )}
      </div>
      <CallPanel id={search.call ?? null} onClose={() => show({ call: undefined }, true)} />
    </>
  )
}

/** What is asked for every day. */
const usual = {
  all: {},
  mine: { agent: [me] },
  missed: { direction: ['inbound'], result: ['missed', 'voicemail'] },
  owed: { owed: 'true' },
} satisfies Record<string, CallsSearch>

function Views({ search }: { search: CallsSearch }) {
  const t = useT()
  const { may } = useMe()
  const names = (Object.keys(usual) as (keyof typeof usual)[]).filter((name) => name !== 'mine' || may('calls:handle'))
  const open = names.find((name) => isSameSearch(usual[name], search))
  const row = useOpenInSight<HTMLElement>(open ?? '')
  return (
    <nav ref={row} aria-label={t('call_log.views.label')} className={views.views}>
      {names.map((name) => {
        const isOpen = name === open
        return (
          <Link
            key={name}
            to="/$locale/calls"
            params={{ locale: currentLocale() }}
            search={usual[name]}
            activeOptions={{ exact: true }}
            className={views.view!}
            data-open={isOpen || undefined}
            aria-current={isOpen ? 'page' : undefined}
          >
            {t(`call_log.views.${name}`)}
          </Link>
        )
      })}
    </nav>
  )
}

function NoCalls({ search }: { search: CallsSearch }) {
  const t = useT()
  if (Object.keys(filtersOnly(search)).length === 0) {
    return (
      <EmptyState
        icon={<IconPhoneCall size={20} />}
        title={t('call_log.empty.none')}
        text={t('call_log.empty.none_text')}
      />
    )
  }
  return (
    <EmptyState
      icon={<IconFilterOff size={20} />}
      title={t('call_log.empty.filtered')}
      text={t('call_log.empty.filtered_text')}
      action={
        <Link to="/$locale/calls" params={{ locale: currentLocale() }}>
          <Button component="span" variant="default">
            {t('cases.filters.clear_all')}
          </Button>
        </Link>
      }
    />
  )
}
