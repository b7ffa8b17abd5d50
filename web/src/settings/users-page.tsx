import { useT } from '../i18n.ts'
import { PageHeader } from '../ui/page-header.tsx'

export function UsersPage() {
  const t = useT()
  return <PageHeader title={t('settings.title')} />
}
