import { Anchor, Text } from '@mantine/core'
import { IconChevronLeft, IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { currentLocale, useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import classes from './section.module.css'
import { type SectionName, sections } from './sections.ts'

type Props = {
  name: SectionName
  /** Of one of several of them: the way back leads to all. Whoever shows one says itself what it is. */
  title?: string
  /** At the end of the title's line. */
  actions?: ReactNode
  /** For forms, which no one reads across a whole screen. */
  isNarrow?: boolean
  children: ReactNode
}

/** One page of the settings; explains itself to who may not see it. */
export function Section({ name, title, actions, isNarrow = false, children }: Props) {
  const t = useT()
  const { may } = useMe()
  const { needs, to } = sections.find((section) => section.name === name)!
  const isOpen = !needs || may(needs)
  const whole = t(`settings.sections.${name}.title`)
  const shown = title ?? whole
  const isOne = title !== undefined
  return (
    <div className={classes.section} data-narrow={isNarrow || undefined}>
      <PageHeader
        title={shown}
        documentTitle={t('settings.document_title', { title: shown || whole })}
        actions={isOpen && actions}
      />
      <Anchor
        className={classes.back}
        data-always={isOne || undefined}
        size="sm"
        renderRoot={(props) => (
          <Link {...props} to={isOne ? to : '/$locale/settings'} params={{ locale: currentLocale() }} />
        )}
      >
        <IconChevronLeft size={16} aria-hidden />
        {isOne ? whole : t('settings.title')}
      </Anchor>
      {isOpen ? (
        <>
          {!isOne && (
            <Text c="dimmed" className={classes.lead}>
              {t(`settings.sections.${name}.text`)}
            </Text>
          )}
          {children}
        </>
      ) : (
        <EmptyState
          icon={<IconLock size={20} />}
          title={t('settings.forbidden.title')}
          text={t('settings.forbidden.text')}
        />
      )}
    </div>
  )
}
