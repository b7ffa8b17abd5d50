import { type MantineColorScheme, Menu, Text, useMantineColorScheme } from '@mantine/core'
import { saveProfile } from '@clinicacrm/contract/profile.ts'
import { IconKeyboard, IconLogout, IconPhone, IconPhoneIncoming, IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { currentLocale, isLocale, localeNames, locales, useT } from '../i18n.ts'
import { usePhones } from '../phones.ts'
import { useCall } from '../query.ts'
import { rememberSession, useMe } from '../session.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { UserButton } from './user-button.tsx'
import { useOtherLanguage } from './use-other-language.ts'
import { useSignOut } from './use-sign-out.ts'
import classes from './open-user-menu.module.css'

const SignOutDialog = lazy(() => import('./sign-out.tsx').then(({ SignOutDialog }) => ({ default: SignOutDialog })))

const schemes = ['light', 'dark', 'auto'] as const

/** What belongs to oneself: profile, language, appearance, shortcuts, and the way out. */
export function OpenUserMenu({ onHelp }: { onHelp: () => void }) {
  const t = useT()
  const { user, demo, may } = useMe()
  const signOut = useSignOut()

  return (
    <>
      <Menu position="bottom-end" width={280} defaultOpened withinPortal={false}>
        <Menu.Target>
          <UserButton />
        </Menu.Target>
        <Menu.Dropdown>
          <div className={classes.me}>
            <Text fw={600} truncate>
              {user.name}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {user.email}
            </Text>
          </div>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconUser size={16} />}
            renderRoot={(props) => (
              <Link to="/$locale/settings/profile" params={{ locale: currentLocale() }} {...props} />
            )}
          >
            {t('shell.menu.profile')}
          </Menu.Item>
          <Menu.Item leftSection={<IconKeyboard size={16} />} rightSection={<KeyHint keys="?" />} onClick={onHelp}>
            {t('shell.menu.shortcuts')}
          </Menu.Item>
          <Phones />
          {demo && may('calls:handle') && (
            <Menu.Item
              leftSection={<IconPhoneIncoming size={16} />}
              renderRoot={(props) => <Link to="/$locale/demo/ring" params={{ locale: currentLocale() }} {...props} />}
            >
              {t('shell.menu.ring')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Language />
          <Appearance />
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut.ask}>
            {t('shell.menu.sign_out')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>{signOut.isAsking && <SignOutDialog signOut={signOut} />}</Suspense>
    </>
  )
}

/** The telephones of platforms: mostly one. */
function Phones() {
  const t = useT()
  const phones = usePhones()
  return phones.map(({ connector, title, open }) => (
    <Menu.Item
      key={connector}
      leftSection={<IconPhone size={16} />}
      rightSection={phones.length === 1 && <KeyHint keys="g t" />}
      onClick={open}
    >
      {phones.length === 1 ? t('shell.phone.open') : t('shell.phone.open_of', { platform: title })}
    </Menu.Item>
  ))
}

function Language() {
  const t = useT()
  const speakOther = useOtherLanguage()
  return (
    <>
      <Menu.Label>{t('shell.menu.language')}</Menu.Label>
      <Menu.RadioGroup value={currentLocale()} onChange={(value) => isLocale(value) && void speakOther(value)}>
        {locales.map((locale) => (
          <Menu.RadioItem key={locale} value={locale} lang={locale}>
            {localeNames[locale]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}

function Appearance() {
  const t = useT()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const profile = useCall(saveProfile)

  function choose(scheme: MantineColorScheme) {
    setColorScheme(scheme)
    profile.mutate({ body: { preferences: { color_scheme: scheme } } }, { onSuccess: rememberSession })
  }
  return (
    <>
      <Menu.Label>{t('shell.menu.theme')}</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={(value) => choose(value as MantineColorScheme)}>
        {schemes.map((scheme) => (
          <Menu.RadioItem key={scheme} value={scheme}>
            {t(`shell.menu.theme_${scheme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}
