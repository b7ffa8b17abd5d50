import { useT } from '../i18n.ts'
import { PageHeader } from '../ui/page-header.tsx'

export function NewCasePage() {
  const t = useT()
  return <PageHeader title={t('new_case.title')} />
}
