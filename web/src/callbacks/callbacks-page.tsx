import { Button } from '@mantine/core'
import { IconMoodCheck, IconPhoneCheck } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { formatNumber } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { onceEach } from '../once-each.ts'
import { ClinicChip } from '../ui/clinic-chip.tsx'
import { ClosedPage } from '../ui/closed-page.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import table from '../ui/list-table.module.css'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { useOpenInSight } from '../ui/use-open-in-sight.ts'
import views from '../ui/views.module.css'
import { CallbackTable } from './callback-table.tsx'
import classes from './callbacks.module.css'
import { type CallbacksSearch, type CallbackViewName, callbackViews } from './callbacks-search.ts'
import { useCallbackPages } from './use-callbacks.ts'

const route = getRouteApi('/$locale/signed-in/callbacks')

export function CallbacksPage() {
  const t = useT()
  return useMe().may('calls:read') ? <OpenCallbacks /> : <ClosedPage title={t('callbacks.title')} />
}

/** Everybody who waits to be called back, once each, the most urgent first. */
function OpenCallbacks() {
  const t = useT()
  const { clinics } = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const pages = useCallbackPages(search)
  const callbacks = onceEach(pages.data?.pages.flatMap((page) => page.callbacks) ?? [])
  const count = pages.data?.pages[0]?.count
  return (
    <>
      <PageHeader title={t('callbacks.title')}>
        <Views search={search} />
      </PageHeader>
      <div className={classes.page}>
        <div className={classes.bar}>
          <ClinicChip
            clinics={clinics}
            selected={search.clinic ?? []}
            onChange={(names) =>
              void navigate({
                search: ({ clinic: _, ...rest }) => ({ ...rest, ...(names.length && { clinic: names }) }),
              })
            }
          />
          <Link to="/$locale/calls" params={{ locale: currentLocale() }} className={classes.log ?? ''}>
            {t('callbacks.to_log')}
          </Link>
          <span role="status" className={classes.count}>
            {count !== undefined && t('callbacks.count', { count, shown: formatNumber(count) })}
          </span>
        </div>
        {pages.isPending && <SkeletonRows rows={8} height={56} />}
        {pages.isError && callbacks.length === 0 && (
          <ErrorPanel error={pages.error} title={t('callbacks.failed')} onRetry={() => void pages.refetch()} />
        )}
        {pages.isSuccess && callbacks.length === 0 && <Nobody view={search.view ?? 'all'} />}
        {callbacks.length > 0 && (
          <div aria-busy={pages.isPlaceholderData} className={classes.rows}>
            <CallbackTable callbacks={callbacks} />
          </div>
        )}
        {pages.hasNextPage && (
          <Button
            variant="default"
            className={table.more}
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('callbacks.more')}
          </Button>
        )}
      </div>
    </>
  )
}

function Views({ search }: { search: CallbacksSearch }) {
  const t = useT()
  const { may } = useMe()
  const open = search.view ?? 'all'
  const row = useOpenInSight<HTMLElement>(open)
  const names = callbackViews.filter((name) => name !== 'mine' || may('calls:handle'))
  return (
    <nav ref={row} aria-label={t('callbacks.views.label')} className={views.views}>
      {names.map((name) => {
        const isOpen = name === open
        return (
          <Link
            key={name}
            to="/$locale/callbacks"
            params={{ locale: currentLocale() }}
            search={{ ...(name !== 'all' && { view: name }), ...(search.clinic && { clinic: search.clinic }) }}
            activeOptions={{ exact: true }}
            className={views.view!}
            data-open={isOpen || undefined}
            aria-current={isOpen ? 'page' : undefined}
          >
            {t(`callbacks.views.${name}`)}
          </Link>
        )
      })}
    </nav>
  )
}

const closed: readonly CallbackViewName[] = ['done', 'cancelled']

function Nobody({ view }: { view: CallbackViewName }) {
  const t = useT()
  if (closed.includes(view)) {
    return <EmptyState icon={<IconPhoneCheck size={20} />} title={t('callbacks.empty.closed')} />
  }
  const isAll = view === 'all'
  return (
    <EmptyState
      icon={<IconMoodCheck size={20} />}
      title={t(isAll ? 'callbacks.empty.all' : 'callbacks.empty.view')}
      text={t(isAll ? 'callbacks.empty.all_text' : 'callbacks.empty.view_text')}
      action={
        !isAll && (
          <Link to="/$locale/callbacks" params={{ locale: currentLocale() }}>
            <Button component="span" variant="default">
              {t('callbacks.empty.show_all')}
            </Button>
          </Link>
        )
      }
    />
  )
}
