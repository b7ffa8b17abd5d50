import { IconLock } from '@tabler/icons-react'
import { useSearch } from '@tanstack/react-router'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { LeadForm } from './lead-form.tsx'

/** A new lead in a few keys, or another case of somebody who is known. */
export function NewCasePage() {
  const t = useT()
  const search = useSearch({ from: '/$locale/signed-in/cases/new' })
  const mayWrite = useMe().may('cases:write')
  return (
    <>
      <PageHeader title={t('new_case.title')} />
      {mayWrite ? (
        <LeadForm key={`${search.phone} ${search.patient_id} ${search.call_id}`} given={search} />
      ) : (
        <EmptyState
          icon={<IconLock size={20} stroke={1.5} />}
          title={t('new_case.forbidden')}
          text={t('new_case.forbidden_text')}
        />
      )}
    </>
  )
}
