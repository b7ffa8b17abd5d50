import { Button, Drawer } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useT } from '../i18n.ts'
import classes from './filter-bar.module.css'
import { useIsNarrow } from './use-is-narrow.ts'

type Props = {
  /** A field to search in, before all others. */
  search?: ReactNode
  filters: ReactNode
  /** How many of them narrow something. */
  count: number
  /** What the button says that leads back from a phone's sheet of filters: "show the cases". */
  show: string
  onClear: () => void
  /** At the end of the line. */
  children?: ReactNode
}

/** What narrows a list: chips where there is room, behind a button where there is none. */
export function FilterBar({ search, filters, count, show, onClear, children }: Props) {
  const t = useT()
  const isNarrow = useIsNarrow()
  const chips = (
    <>
      {filters}
      {count > 0 && (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onClear}>
          {t('cases.filters.clear_all')}
        </Button>
      )}
    </>
  )
  return (
    <div className={classes.bar} role="search" aria-label={t('cases.filters.title')}>
      <div className={classes.start}>
        {search}
        {isNarrow ? (
          <FilterSheet count={count} show={show}>
            {chips}
          </FilterSheet>
        ) : (
          chips
        )}
      </div>
      <div className={classes.end}>{children}</div>
    </div>
  )
}

function FilterSheet({ count, show, children }: Pick<Props, 'count' | 'show' | 'children'>) {
  const t = useT()
  const [isOpened, setOpened] = useState(false)
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
        size="min(42rem, 90dvh)"
        title={t('cases.filters.title')}
      >
        <div className={classes.sheet}>{children}</div>
        <Button mt="lg" onClick={() => setOpened(false)}>
          {show}
        </Button>
      </Drawer>
    </>
  )
}
