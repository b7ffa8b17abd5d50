import { Button } from '@mantine/core'
import { IconFilterOff, IconFolderPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { currentLocale, useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { isFiltered } from './cases-search.ts'
import { useClearFilters } from './filter-bar.tsx'
import { useCases } from './use-cases.ts'

/** Nothing is found, or nothing is there yet: the two need different ways on. */
export function NoCases() {
  const t = useT()
  const { search, show } = useCases()
  const { may } = useMe()
  const clear = useClearFilters()
  if (isFiltered(search)) {
    return (
      <EmptyState
        icon={<IconFilterOff size={20} />}
        title={t('cases.empty.filtered')}
        text={t('cases.empty.filtered_text')}
        action={
          <Button variant="default" onClick={() => show(clear())}>
            {t('cases.filters.clear_all')}
          </Button>
        }
      />
    )
  }
  return (
    <EmptyState
      icon={<IconFolderPlus size={20} />}
      title={t('cases.empty.none')}
      text={t(may('cases:write') ? 'cases.empty.none_text' : 'cases.empty.none_text_read')}
      action={
        may('cases:write') && (
          <Link to="/$locale/cases/new" params={{ locale: currentLocale() }}>
            <Button component="span">{t('cases.new')}</Button>
          </Link>
        )
      }
    />
  )
}
