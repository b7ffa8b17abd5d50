import { Button, Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconFilter } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useT } from '../i18n.ts'
import { CreatedChip } from './created-chip.tsx'
import { filtersOnly, isFiltered } from './cases-search.ts'
import classes from './filter-bar.module.css'
import { ListFilters } from './filters.tsx'
import { SearchField } from './search-field.tsx'
import { useCases } from './use-cases.ts'

/** Where a table has room; below, cards and sheets. */
export const useIsNarrow = () => useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })

/** What narrows the cases, for all three shapes; `children` stand at its end. */
export function FilterBar({ isBusy, children }: { isBusy: boolean; children: ReactNode }) {
  const t = useT()
  const isNarrow = useIsNarrow()
  return (
    <div className={classes.bar} role="search" aria-label={t('cases.filters.title')}>
      <div className={classes.start}>
        <SearchField isBusy={isBusy} />
        {isNarrow ? <FilterSheet /> : <Chips />}
      </div>
      <div className={classes.end}>{children}</div>
    </div>
  )
}

function Chips() {
  return (
    <>
      <ListFilters />
      <CreatedChip />
      <ClearFilters />
    </>
  )
}

/** Of all filters at once, the text excepted: it has its own. */
function ClearFilters() {
  const t = useT()
  const { search, show } = useCases()
  const clear = useClearFilters()
  const { search: text, ...others } = search
  if (!isFiltered(others)) return null
  return (
    <Button variant="subtle" color="gray" size="compact-sm" onClick={() => (text ? show(clear(text)) : show(clear()))}>
      {t('cases.filters.clear_all')}
    </Button>
  )
}

/** What to change in the address so that nothing is filtered, except by this text. */
export function useClearFilters() {
  const { search } = useCases()
  return (text?: string) => {
    const none = Object.fromEntries(Object.keys(filtersOnly(search)).map((name) => [name, undefined]))
    return { ...none, search: text, view: undefined }
  }
}

function FilterSheet() {
  const t = useT()
  const { search } = useCases()
  const [isOpened, setOpened] = useState(false)
  const { search: _text, ...others } = filtersOnly(search)
  const count = Object.keys(others).length
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconFilter size={14} aria-hidden />}
        onClick={() => setOpened(true)}
        {...(count > 0 && { 'data-active': true })}
        className={classes.sheetButton}
      >
        {count ? t('cases.filters.button_count', { count }) : t('cases.filters.button')}
      </Button>
      <Drawer
        opened={isOpened}
        onClose={() => setOpened(false)}
        position="bottom"
        size="34rem"
        title={t('cases.filters.title')}
      >
        <div className={classes.sheet}>
          <Chips />
        </div>
        <Button mt="lg" onClick={() => setOpened(false)}>
          {t('cases.filters.show')}
        </Button>
      </Drawer>
    </>
  )
}
