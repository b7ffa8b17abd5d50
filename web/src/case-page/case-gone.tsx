import type { DeletedCase } from '@clinicacrm/contract/case-page.ts'
import { Button, TextInput } from '@mantine/core'
import { IconFileOff, IconSearch } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { ApiError } from '../api.ts'
import { formatDateTime } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import classes from './case-gone.module.css'

/** A case that cannot be shown: why, and the ways on from here. */
export function CaseGone({ id, error, onRetry }: { id: string; error: ApiError; onRetry: () => void }) {
  const t = useT()
  return (
    <>
      <PageHeader title={t('case.heading', { id })} />
      <div className={classes.gone}>
        {error.code === 'case_deleted' ? (
          <Deleted id={id} details={error.details as unknown as DeletedCase} />
        ) : error.code === 'not_found' || error.code === 'invalid_request' || error.code === 'forbidden' ? (
          <EmptyState
            icon={<IconFileOff size={20} stroke={1.5} />}
            title={t('case.gone.unknown', { id })}
            text={t('case.gone.unknown_text')}
            action={<WaysOn />}
          />
        ) : (
          <ErrorPanel error={error} onRetry={onRetry} />
        )}
      </div>
    </>
  )
}

function Deleted({ id, details }: { id: string; details: DeletedCase }) {
  const t = useT()
  const { deleted_at, deleted_by, patient_id, other_cases } = details
  const params = { locale: currentLocale() }
  return (
    <>
      <EmptyState
        icon={<IconFileOff size={20} stroke={1.5} />}
        title={t('case.gone.deleted', { id })}
        text={t('case.gone.deleted_text', { who: deleted_by, when: formatDateTime(deleted_at) })}
        action={
          patient_id && (
            <Button
              renderRoot={(props) => (
                <Link to="/$locale/patients/$id" params={{ ...params, id: patient_id }} {...props} />
              )}
            >
              {t('case.gone.patient')}
            </Button>
          )
        }
      />
      {other_cases.length > 0 && (
        <section className={classes.others} aria-labelledby="gone-others">
          <h2 className={classes.title} id="gone-others">
            {t('case.gone.others')}
          </h2>
          <ul className={classes.list}>
            {other_cases.map((other) => (
              <li key={other.id}>
                <Link to="/$locale/cases/$id" params={{ ...params, id: other.id }} className={classes.other}>
                  <span>{t('case.gone.other', { id: other.id, clinic: other.clinic })}</span>
                  <StatusChip status={other.status} />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <WaysOn />
    </>
  )
}

function WaysOn() {
  const t = useT()
  const navigate = useNavigate()
  const [search, setSearch] = useState('')
  const params = { locale: currentLocale() }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (search.trim()) void navigate({ to: '/$locale/cases', params, search: { search: search.trim() } })
  }
  return (
    <form className={classes.ways} onSubmit={submit} role="search">
      <TextInput
        className={classes.search}
        aria-label={t('case.gone.search')}
        placeholder={t('case.gone.search')}
        leftSection={<IconSearch size={16} stroke={1.5} />}
        maxLength={200}
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
      />
      <Button type="submit" variant="default">
        {t('case.gone.find')}
      </Button>
      <Link to="/$locale/cases" params={params} className={classes.link}>
        {t('case.gone.all')}
      </Link>
    </form>
  )
}
