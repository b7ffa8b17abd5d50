import { useT } from '../i18n.ts'
import { PageHeader } from '../ui/page-header.tsx'

/** On a phone the list of sections is a page; elsewhere one of them is open beside it. */
export function SettingsIndex() {
  const t = useT()
  return (
    <div data-index>
      <PageHeader title={t('settings.title')} />
    </div>
  )
}
