import { type DisclosureProfile, disclosureProfiles } from '@clinicacrm/contract/permissions.ts'
import { Code, Radio, Stack, Text } from '@mantine/core'
import { useT } from '../i18n.ts'
import classes from './profile-choice.module.css'

type Props = { value: DisclosureProfile; onChange: (profile: DisclosureProfile) => void }

/** An answer as each profile gives it, shortened; names of fields are the API's. */
const examples: Record<DisclosureProfile, object> = {
  full: {
    case_id: '9',
    patient: { name: 'Antonio Dorato', phone: '+39 06 2222 4444', email: 'antonio.dorato@email.com' },
    case: { status: 'APPUNTAMENTO', clinic: 'Centro Oculistico Roma', treatment: 'SMILE Surgery' },
  },
  greeting: {
    case_id: '9',
    patient: { name: 'Antonio Dorato', phone: '+39 06 2222 4444' },
    case: { status: 'APPUNTAMENTO', clinic: 'Centro Oculistico Roma' },
  },
  minimal: { case_id: '9', screen_pop_url: '…/it/cases/9' },
}

/** How much a lookup tells: whatever leaves is kept for years in somebody's log. */
export function ProfileChoice({ value, onChange }: Props) {
  const t = useT()
  return (
    <div>
      <Radio.Group
        label={t('settings.keys.profile')}
        description={t('settings.keys.profile_text')}
        value={value}
        onChange={(profile) => onChange(profile as DisclosureProfile)}
      >
        <Stack gap="sm" mt="xs">
          {disclosureProfiles.map((profile) => (
            <Radio
              key={profile}
              value={profile}
              label={t(`settings.profiles.${profile}.name`)}
              description={t(`settings.profiles.${profile}.text`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Text size="xs" c="dimmed" mt="sm">
        {t('settings.keys.profile_example')}
      </Text>
      <Code block className={classes.example!}>
        {JSON.stringify(examples[value], null, 2)}
      </Code>
    </div>
  )
}
