import { resolvePop } from '@clinicacrm/contract/pops.ts'
import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Navigate, useSearch } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import type { ReplyOf } from '../api.ts'
import { formatPhone } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { queryOf } from '../query.ts'
import { useMe } from '../session.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { Problem } from '../ui/problem.tsx'
import { toast } from '../ui/toast.tsx'
import { Chooser } from './chooser.tsx'
import { FindCaller } from './find-caller.tsx'
import classes from './pop-page.module.css'
import { useFoundCaller } from './use-found-caller.ts'

type Resolved = ReplyOf<typeof resolvePop>

/** Where a telephone platform sends the browser: on to the case, or to the question who calls. */
export function PopPage() {
  const t = useT()
  const search = useSearch({ from: '/$locale/signed-in/pop' })
  const { data, error, refetch } = useQuery({ ...queryOf(resolvePop, { query: search }), gcTime: 0 })
  if (data && data.leads_to !== 'chooser' && data.leads_to !== 'search') return <Onward to={data} />
  return (
    <>
      <PageHeader title={t('calls.page.title')} />
      <div className={classes.page}>
        {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
        {!data && !error && (
          <div aria-busy role="status" aria-label={t('calls.page.opening')}>
            <Skeleton height={28} width="60%" mb="md" />
            <Skeleton height={120} />
          </div>
        )}
        {data && <Asking resolved={data} />}
      </div>
    </>
  )
}

/** Where it leads is clear; the way back does not come by here again. */
function Onward({ to: { leads_to, path, notice } }: { to: Resolved }) {
  const t = useT()
  const warn = useEffectEvent(() => {
    if (notice === 'stale_id') toast({ text: t('calls.page.stale_toast') })
  })
  useEffect(() => warn(), [])
  const params = { locale: currentLocale() }
  const [address = '', query = ''] = path.split('?')
  const id = address.split('/').at(-1)!
  if (leads_to === 'case') return <Navigate to="/$locale/cases/$id" params={{ ...params, id }} replace />
  if (leads_to === 'patient') return <Navigate to="/$locale/patients/$id" params={{ ...params, id }} replace />
  return (
    <Navigate to="/$locale/cases/new" params={params} search={Object.fromEntries(new URLSearchParams(query))} replace />
  )
}

function Asking({ resolved }: { resolved: Resolved }) {
  const t = useT()
  const { callers, phone, notice, leads_to } = resolved
  const search = useSearch({ from: '/$locale/signed-in/pop' })
  const mayOpen = useMe().may('cases:write')
  const { choose, openNew, isBusy, problem } = useFoundCaller(resolved, search)
  const isChooser = leads_to === 'chooser'
  const isEmpty = !isChooser && !notice && !search.phone && !search.call_id
  return (
    <section className={classes.asking} aria-labelledby="asking">
      <h2 id="asking" className={classes.title}>
        {isChooser && phone ? t('calls.page.chooser', { phone: formatPhone(phone) }) : t('calls.page.search')}
      </h2>
      {notice && <p className={classes.notice}>{t(`calls.page.notice.${notice}`)}</p>}
      {isEmpty && <p className={classes.notice}>{t('calls.page.empty')}</p>}
      {isChooser ? (
        <Chooser callers={callers} isBusy={isBusy} onChoose={({ patient_id }) => choose(patient_id)} />
      ) : (
        <FindCaller asksIdentity onChoose={(id) => choose(id)} />
      )}
      <Problem>{problem}</Problem>
      {mayOpen && (
        <div>
          <Button variant="default" loading={isBusy} onClick={openNew}>
            {t(isChooser ? 'calls.chooser.nobody' : 'calls.actions.new_case')}
          </Button>
        </div>
      )}
    </section>
  )
}
