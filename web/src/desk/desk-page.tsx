import { useT } from '../i18n.ts'
import { PageHeader } from '../ui/page-header.tsx'

export function DeskPage() {
  const t = useT()
  return <PageHeader title={t('desk.title')} />
}
