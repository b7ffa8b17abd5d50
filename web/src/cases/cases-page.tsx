import { ActionIcon, Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { currentLocale, useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { ClosedPage } from '../ui/closed-page.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { CaseChangesProvider } from './case-changes.tsx'
import { CaseList } from './case-list.tsx'
import { useCaseCount } from './case-queries.ts'
import classes from './cases-page.module.css'
import { FactsProvider } from './facts.tsx'
import { CaseFilters } from './filter-bar.tsx'
import { useLiveCases } from './live-cases.ts'
import { ShapeSkeleton } from './shape-skeleton.tsx'
import { Toolbar } from './toolbar.tsx'
import { useCases } from './use-cases.ts'
import { Views } from './views.tsx'

const Board = lazy(() => import('./board.tsx').then(({ Board }) => ({ default: Board })))
const Calendar = lazy(() => import('./calendar.tsx').then(({ Calendar }) => ({ default: Calendar })))

const shapesDrawn = { table: CaseList, board: Board, calendar: Calendar }

export function CasesPage() {
  const t = useT()
  return useMe().may('cases:read') ? <OpenCases /> : <ClosedPage title={t('cases.title')} />
}

/** Cases as a table, a board or a calendar, under one filter. */
function OpenCases() {
  const t = useT()
  const { search, filters } = useCases()
  const count = useCaseCount(filters)
  useLiveCases()
  const shape = search.shape ?? 'table'
  const Shape = shapesDrawn[shape]
  return (
    <FactsProvider>
      <CaseChangesProvider>
        <PageHeader title={t('cases.title')} actions={<NewCaseButton />}>
          <Views />
        </PageHeader>
        <div className={classes.page}>
          <CaseFilters isBusy={count.isFetching && count.isPlaceholderData}>
            <Toolbar count={count.data ?? null} isStale={count.isPlaceholderData} />
          </CaseFilters>
          <Suspense fallback={<ShapeSkeleton shape={shape} />}>
            <Shape />
          </Suspense>
        </div>
      </CaseChangesProvider>
    </FactsProvider>
  )
}

function NewCaseButton() {
  const t = useT()
  const { may } = useMe()
  const isNarrow = useIsNarrow()
  if (!may('cases:write')) return null
  return (
    <Link to="/$locale/cases/new" params={{ locale: currentLocale() }} className={classes.newCase!}>
      {isNarrow ? (
        <ActionIcon component="span" variant="filled" color="accent" size="lg" role="img" aria-label={t('cases.new')}>
          <IconPlus size={18} />
        </ActionIcon>
      ) : (
        <Button component="span" size="xs">
          {t('cases.new')}
        </Button>
      )}
    </Link>
  )
}
