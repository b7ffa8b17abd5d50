import { useT } from '../i18n.ts'
import { PageHeader } from '../ui/page-header.tsx'

export function PatientsPage() {
  const t = useT()
  return <PageHeader title={t('patients.title')} />
}
