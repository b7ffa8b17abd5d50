import { ActionIcon, Button, Menu, Text, Title, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconChevronDown, IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { currentLocale, localeNames, locales, useT } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { Logo } from '../ui/logo.tsx'
import { useFrontDoor } from './front-door.ts'
import classes from './front-page.module.css'
import { useGoToLocale } from '../go-to-locale.ts'

type Props = {
  title: string
  /** What this page is for, in a sentence. */
  lead?: ReactNode
  isWide?: boolean
  children: ReactNode
  /** Under the form: other ways in. */
  footer?: ReactNode
}

/** One calm column: whose installation it is, what to do here, and nothing else. */
export function FrontPage({ title, lead, isWide = false, children, footer }: Props) {
  const { data } = useFrontDoor()
  const organisation = data?.organisation ?? preloaded.organisation
  const name = organisation?.name ?? 'ClínicaCRM'
  return (
    <div className={classes.page}>
      <title>{`${title} · ${name}`}</title>
      <header className={classes.bar}>
        <LanguageMenu />
        <SchemeSwitch />
      </header>
      <main className={classes.column} data-wide={isWide || undefined}>
        <div className={classes.whose}>
          <Logo organisation={organisation} size={36} />
          <Text className={classes.name}>{name}</Text>
        </div>
        <div className={classes.card}>
          <Title order={1} className={classes.title}>
            {title}
          </Title>
          {lead && (
            <Text c="dimmed" className={classes.lead}>
              {lead}
            </Text>
          )}
          {children}
        </div>
        {footer}
      </main>
    </div>
  )
}

function LanguageMenu() {
  const t = useT()
  const goToLocale = useGoToLocale()
  const current = currentLocale()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          aria-label={t('sign_in.language', { language: localeNames[current] })}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {localeNames[current]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {locales.map((locale) => (
          <Menu.Item
            key={locale}
            lang={locale}
            aria-current={locale === current || undefined}
            onClick={() => goToLocale(locale)}
          >
            {localeNames[locale]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function SchemeSwitch() {
  const t = useT()
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme() === 'dark'
  const name = isDark ? t('sign_in.to_light') : t('sign_in.to_dark')
  return (
    <ActionIcon aria-label={name} title={name} onClick={() => setColorScheme(isDark ? 'light' : 'dark')}>
      {isDark ? <IconSun size={16} /> : <IconMoon size={16} />}
    </ActionIcon>
  )
}
