import { type Scope, scopesWithin } from '@clinicacrm/contract/permissions.ts'
import { Checkbox, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { ClinicsChoice } from './clinics-choice.tsx'
import { LifetimeChoice } from './lifetime-choice.tsx'
import { ProfileChoice } from './profile-choice.tsx'
import { scopeText } from './scope-text.ts'
import type { KeyForm } from './use-key-form.ts'

/** What a key may, where, for how long and from where. */
export function KeyFields({ form, isNew = false }: { form: KeyForm; isNew?: boolean }) {
  const t = useT()
  const { values, errors } = form
  return (
    <>
      <TextInput
        label={t('settings.keys.name')}
        description={t('settings.keys.name_text')}
        maxLength={200}
        data-autofocus={isNew || undefined}
        {...form.getInputProps('name')}
      />
      <Textarea
        label={t('settings.keys.description')}
        maxLength={1000}
        autosize
        minRows={1}
        maxRows={4}
        {...form.getInputProps('description')}
      />
      {isNew && <Sandbox form={form} />}
      <Scopes form={form} />
      {values.scopes.includes('lookup:read') && (
        <ProfileChoice value={values.profile} onChange={(profile) => form.setFieldValue('profile', profile)} />
      )}
      <ClinicsChoice
        label={t('settings.keys.clinics')}
        text={t('settings.keys.all_clinics_text')}
        value={values.clinics}
        onChange={(clinics) => form.setFieldValue('clinics', clinics)}
        error={typeof errors.clinics === 'string' ? errors.clinics : null}
      />
      <LifetimeChoice form={form} />
      <Textarea
        label={t('settings.keys.ip_ranges')}
        description={t('settings.keys.ip_ranges_text')}
        autosize
        minRows={1}
        maxRows={6}
        spellCheck={false}
        {...form.getInputProps('ip_ranges')}
      />
      <NumberInput
        label={t('settings.keys.limit')}
        description={t('settings.keys.limit_text')}
        min={1}
        max={1_000_000}
        allowDecimal={false}
        hideControls
        maw={200}
        {...form.getInputProps('limit_per_minute')}
      />
    </>
  )
}

function Sandbox({ form }: { form: KeyForm }) {
  const t = useT()
  return (
    <Checkbox
      label={t('settings.keys.sandbox')}
      description={t('settings.keys.sandbox_text')}
      {...form.getInputProps('sandbox', { type: 'checkbox' })}
    />
  )
}

const inSandbox: ReadonlySet<Scope> = new Set(['lookup:read', 'calls:write'])

/** Those that one may give; a key that has more keeps it, and who may not give that cannot change the key. */
function Scopes({ form }: { form: KeyForm }) {
  const t = useT()
  const offered = scopesWithin(new Set(useMe().permissions))
  const shown = [...new Set([...offered, ...form.values.scopes])].filter(
    (scope) => !form.values.sandbox || inSandbox.has(scope),
  )
  return (
    <Checkbox.Group
      label={t('settings.keys.scopes')}
      description={t('settings.keys.scopes_text')}
      value={form.values.scopes}
      onChange={(scopes) => form.setFieldValue('scopes', scopes as Scope[])}
      error={form.errors.scopes}
    >
      <Stack gap="sm" mt="xs">
        {shown.map((scope) => (
          <Checkbox
            key={scope}
            value={scope}
            disabled={!offered.includes(scope)}
            label={
              <>
                {t(`settings.scopes.${scopeText(scope)}`)}{' '}
                <Text span size="xs" c="dimmed" ff="monospace">
                  {scope}
                </Text>
              </>
            }
          />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}
