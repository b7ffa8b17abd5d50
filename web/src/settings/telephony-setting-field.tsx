import { Select, Switch, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { SettingFieldView, SettingValue } from './line-settings.ts'
import { SecretField } from './secret-field.tsx'
import type { SettingWords } from './use-connector.ts'

type Props = {
  field: SettingFieldView
  /** The connector's own, in the reader's language. */
  words: SettingWords | undefined
  isReadOnly: boolean
  /** A secret that was saved, and is never shown again. */
  isSaved: boolean
  value?: SettingValue
  error?: ReactNode
  onChange?: (value: unknown) => void
}

/** One setting of a connector, drawn from its description. */
export function SettingField({ field, words, isReadOnly, isSaved, value = null, onChange, error }: Props) {
  const { name, kind, choices } = field
  const shared = { label: words?.label ?? name, description: words ? words.text : field.description, error }
  const text = { ...shared, readOnly: isReadOnly, value: typeof value === 'string' ? value : '', onChange }
  switch (kind) {
    case 'secret':
      return (
        <SecretField
          {...shared}
          isReadOnly={isReadOnly}
          isSaved={isSaved}
          value={typeof value === 'string' ? value : null}
          onChange={(next) => onChange?.(next)}
        />
      )
    case 'choice': {
      const data = choices.map((choice) => ({ value: choice, label: words?.choices?.[choice] ?? choice }))
      return <Select {...text} onChange={(next) => onChange?.(next)} data={data} allowDeselect={false} />
    }
    case 'switch':
      return (
        <Switch
          {...shared}
          checked={value === true}
          disabled={isReadOnly}
          onChange={(event) => onChange?.(event.currentTarget.checked)}
        />
      )
    case 'long':
      return <Textarea {...text} autosize minRows={2} maxRows={8} spellCheck={false} />
    case 'text':
      return <TextInput {...text} autoComplete="off" spellCheck={false} />
  }
}
