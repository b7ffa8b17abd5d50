import { listViews } from '@clinicacrm/contract/case-lists.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { currentLocale, useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { useMe } from '../session.ts'
import { type CasesSearch, isSameView, me } from './cases-search.ts'
import { searchOf } from './saved-view.ts'
import { useCases } from './use-cases.ts'
import { ViewsMenu } from './views-menu.tsx'
import classes from '../ui/views.module.css'

/** What everybody asks for every day. */
const builtIn = {
  all: {},
  mine: { assigned_to: [me] },
  today: { class: ['open', 'waiting'], due: ['overdue', 'today'] },
} satisfies Record<string, CasesSearch>
type BuiltIn = keyof typeof builtIn

/** The usual views, the saved one that is open, and the menu of all others. */
export function Views() {
  const t = useT()
  const { may } = useMe()
  const { search } = useCases()
  const { data } = useQuery(queryOf(listViews, {}))
  const views = data?.views ?? []
  const open = views.find(({ id }) => id === search.view) ?? null
  const { order: _order, ...unordered } = search
  const names = (Object.keys(builtIn) as BuiltIn[]).filter((name) => name !== 'mine' || may('cases:write'))
  return (
    <nav aria-label={t('cases.views.label')} className={classes.views}>
      {names.map((name) => (
        <ViewLink
          key={name}
          label={t(`cases.views.built_in.${name}`)}
          search={withShape(builtIn[name], search.shape)}
          isOpen={!open && isSameView(withShape(builtIn[name], search.shape), unordered)}
        />
      ))}
      {open && <ViewLink label={open.name} search={searchOf(open)} isOpen />}
      <ViewsMenu views={views} open={open} isChanged={open !== null && !isSameView(searchOf(open), search)} />
    </nav>
  )
}

/** Who looks at the board goes on looking at the board. */
const withShape = (view: CasesSearch, shape: CasesSearch['shape']): CasesSearch => ({
  ...view,
  ...(shape && { shape }),
})

function ViewLink({ label, search, isOpen }: { label: string; search: CasesSearch; isOpen: boolean }) {
  return (
    <Link
      to="/$locale/cases"
      params={{ locale: currentLocale() }}
      search={search}
      activeOptions={{ exact: true }}
      className={classes.view!}
      data-open={isOpen || undefined}
      aria-current={isOpen ? 'page' : undefined}
    >
      {label}
    </Link>
  )
}
