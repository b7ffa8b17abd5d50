import { saveProfile } from '@clinicacrm/contract/profile.ts'
import { type MantineColorScheme, Radio, Select, Stack, Switch, useMantineColorScheme } from '@mantine/core'
import { useGoToLocale } from '../go-to-locale.ts'
import { currentLocale, isLocale, localeNames, locales, useT } from '../i18n.ts'
import { useOpensOnAnswer } from '../opens-on-answer.ts'
import { useCall } from '../query.ts'
import { rememberSession } from '../session.ts'
import { turnSingleKeys, useSingleKeysOn } from '../shortcuts.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Fieldset } from './fieldset.tsx'
import { ProfileForm } from './profile-form.tsx'
import { Section } from './section.tsx'

/** What people decide about themselves. */
export function ProfilePage() {
  return (
    <Section name="profile" isNarrow>
      <ProfileForm />
      <Language />
      <Appearance />
      <Keyboard />
      <Calls />
    </Section>
  )
}

function Language() {
  const t = useT()
  const goToLocale = useGoToLocale()
  const saving = useCall(saveProfile)

  function choose(locale: string | null) {
    if (!isLocale(locale)) return
    saving.mutate({ body: { locale } }, { onSuccess: rememberSession })
    goToLocale(locale)
  }
  return (
    <Fieldset title={t('settings.profile.language')} text={t('settings.profile.language_text')}>
      <Select
        aria-label={t('settings.profile.language')}
        data={locales.map((value) => ({ value, label: localeNames[value] }))}
        value={currentLocale()}
        onChange={choose}
        allowDeselect={false}
        maw={240}
      />
      {saving.error && <ErrorPanel error={saving.error} />}
    </Fieldset>
  )
}

const schemes = ['auto', 'light', 'dark'] as const

function Appearance() {
  const t = useT()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const saving = useCall(saveProfile)

  function choose(scheme: string) {
    setColorScheme(scheme as MantineColorScheme)
    saving.mutate({ body: { preferences: { color_scheme: scheme } } }, { onSuccess: rememberSession })
  }
  return (
    <Fieldset title={t('settings.profile.appearance')} text={t('settings.profile.appearance_text')}>
      <Radio.Group aria-label={t('settings.profile.appearance')} value={colorScheme} onChange={choose}>
        <Stack gap="sm">
          {schemes.map((scheme) => (
            <Radio key={scheme} value={scheme} label={t(`shell.menu.theme_${scheme}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {saving.error && <ErrorPanel error={saving.error} />}
    </Fieldset>
  )
}

function Keyboard() {
  const t = useT()
  return (
    <Fieldset title={t('settings.profile.keyboard')} text={t('settings.profile.keyboard_text')}>
      <Switch
        label={t('shell.help.single_keys')}
        description={t('shell.help.single_keys_why')}
        checked={useSingleKeysOn()}
        onChange={(event) => turnSingleKeys(event.currentTarget.checked)}
      />
    </Fieldset>
  )
}

function Calls() {
  const t = useT()
  const [opens, setOpens] = useOpensOnAnswer()
  return (
    <Fieldset title={t('settings.profile.calls')} text={t('settings.profile.calls_text')}>
      <Switch
        label={t('settings.profile.opens_on_answer')}
        description={t('settings.profile.opens_on_answer_text')}
        checked={opens}
        onChange={(event) => void setOpens(event.currentTarget.checked)}
      />
    </Fieldset>
  )
}
