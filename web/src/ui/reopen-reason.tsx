import { TextInput } from '@mantine/core'
import { useT } from '../i18n.ts'

type Props = { value: string; onChange(value: string): void; isMissing: boolean; autoFocus?: boolean }

/** A case that was closed is opened again only for a reason. */
export function ReopenReason({ value, onChange, isMissing, autoFocus = false }: Props) {
  const t = useT()
  return (
    <TextInput
      label={t('case.move.reopen_reason')}
      description={t('case.move.reopen_why')}
      maxLength={500}
      required
      value={value}
      error={isMissing && !value.trim() && t('case.move.reason_missing')}
      data-autofocus={autoFocus || undefined}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
