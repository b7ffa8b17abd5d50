import { MultiSelect, Stack, Switch } from '@mantine/core'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'

type Props = {
  /** Names; null is every clinic, also those to come. */
  value: string[] | null
  onChange: (clinics: string[] | null) => void
  label: string
  text: string
  error?: string | null
  isReadOnly?: boolean
}

/** All clinics or some of them, out of those that one has oneself. */
export function ClinicsChoice({ value, onChange, label, text, error, isReadOnly = false }: Props) {
  const t = useT()
  const { clinics, all_clinics } = useMe()
  const own = clinics.map(({ name }) => name)
  const known = [...new Set([...own, ...(value ?? [])])]
  return (
    <Stack gap="sm">
      {all_clinics && (
        <Switch
          label={t('settings.clinics_choice.all')}
          description={text}
          checked={value === null}
          disabled={isReadOnly}
          onChange={(event) => onChange(event.currentTarget.checked ? null : [])}
        />
      )}
      {(value !== null || !all_clinics) && (
        <MultiSelect
          label={label}
          data={known}
          value={value ?? []}
          onChange={onChange}
          searchable
          readOnly={isReadOnly}
          placeholder={value?.length ? '' : t('settings.clinics_choice.choose')}
          nothingFoundMessage={t('settings.nothing_found')}
          error={error}
        />
      )}
    </Stack>
  )
}
