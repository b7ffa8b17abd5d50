import { useT } from '../i18n.ts'
import { PageHeader } from '../ui/page-header.tsx'

export function InvitationPage() {
  const t = useT()
  return <PageHeader title={t('sign_in.title')} />
}
