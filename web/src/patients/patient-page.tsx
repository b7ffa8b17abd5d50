import { getPatientPage } from '@clinicacrm/contract/patient-page.ts'
import type { PatientPage as Page } from '@clinicacrm/contract/patient-page.ts'
import { Anchor } from '@mantine/core'
import { IconBan, IconInfoCircle, IconUserOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ApiError } from '../api.ts'
import { fullName } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { useLive } from '../live.ts'
import { queryOf, refresh } from '../query.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { Consents } from './consents.tsx'
import { Numbers } from './numbers.tsx'
import { PatientCases } from './patient-cases.tsx'
import classes from './patient-page.module.css'
import { PersonSection } from './person-section.tsx'
import { Relations } from './relations.tsx'

export function PatientPage() {
  const t = useT()
  const { id } = useParams({ strict: false }) as { id: string }
  const page = useQuery(queryOf(getPatientPage, { params: { id } }))
  useLive((event) => {
    if (event.patient_id === id) void refresh(getPatientPage)
  })

  if (page.isPending) {
    return (
      <Frame title={t('patients.one')}>
        <SkeletonRows rows={8} />
      </Frame>
    )
  }
  if (page.isError) {
    return (
      <Frame title={t('patients.one')}>
        {page.error instanceof ApiError && page.error.status === 404 ? (
          <NotHere />
        ) : (
          <ErrorPanel error={page.error} onRetry={() => void page.refetch()} />
        )}
      </Frame>
    )
  }
  const name = fullName(page.data.patient) || t('patients.unnamed')
  return (
    <Frame title={name}>
      <Warnings page={page.data} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <PersonSection key={id} page={page.data} />
          <Numbers page={page.data} />
        </div>
        <div className={classes.column}>
          <PatientCases page={page.data} />
          <Relations page={page.data} />
          <Consents page={page.data} />
        </div>
      </div>
    </Frame>
  )
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <PageHeader title={title} />
      <div className={classes.page}>{children}</div>
    </>
  )
}

function NotHere() {
  const t = useT()
  return (
    <EmptyState
      icon={<IconUserOff size={28} />}
      title={t('patients.not_here')}
      text={t('patients.not_here_text')}
      action={
        <Anchor component={Link} to={`/${currentLocale()}/patients` as never}>
          {t('patients.to_list')}
        </Anchor>
      }
    />
  )
}

/** What must be known before anything is done with this person. */
function Warnings({ page: { patient } }: { page: Page }) {
  const t = useT()
  return (
    <>
      {patient.do_not_contact && (
        <p className={classes.warning} data-kind="stop" role="note">
          <IconBan size={18} aria-hidden />
          <strong>{t('patients.do_not_contact')}</strong>
          {patient.do_not_contact_reason && <span dir="auto">{patient.do_not_contact_reason}</span>}
        </p>
      )}
      {patient.alert_text && (
        <p className={classes.warning} data-kind="alert" role="note">
          <IconInfoCircle size={18} aria-hidden />
          <span dir="auto">{patient.alert_text}</span>
        </p>
      )}
    </>
  )
}
