import { IconLock } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { EmptyState } from './empty-state.tsx'
import { PageHeader } from './page-header.tsx'

/** Instead of a page that somebody's role does not include. */
export function ClosedPage({ title }: { title: string }) {
  const t = useT()
  return (
    <>
      <PageHeader title={title} />
      <EmptyState icon={<IconLock size={20} />} title={t('common.forbidden.title')} text={t('common.forbidden.text')} />
    </>
  )
}
