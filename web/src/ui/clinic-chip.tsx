import { useT } from '../i18n.ts'
import { FilterChip } from './filter-chip.tsx'

type Props = {
  clinics: readonly { name: string; active: boolean }[]
  selected: readonly string[]
  onChange: (names: string[]) => void
}

/** Of which clinics; not for who works for one, and sees no other. */
export function ClinicChip({ clinics, selected, onChange }: Props) {
  const t = useT()
  const options = clinics
    .filter(({ name, active }) => active || selected.includes(name))
    .map(({ name }) => ({ value: name, label: name }))
  if (options.length < 2 && selected.length === 0) return null
  return (
    <FilterChip
      label={t('cases.fields.clinic')}
      groups={[{ options }]}
      selected={selected}
      onToggle={(name) =>
        onChange(selected.includes(name) ? selected.filter((one) => one !== name) : [...selected, name])
      }
      onClear={() => onChange([])}
    />
  )
}
