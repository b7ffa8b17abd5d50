import { Select, Textarea, TextInput } from '@mantine/core'
import type { EditorProps, InlineFieldProps } from './use-field-editing.ts'

/** The field an `InlineField` turns into. */
export function FieldEditor({ field, editing }: { field: InlineFieldProps; editing: EditorProps }) {
  const { value, change, finish, cancel, error, isBusy } = editing
  const common = { 'aria-label': editing['aria-label'], error, readOnly: isBusy, autoFocus: true }
  if (field.kind === 'own') return field.editor(editing)
  if (field.kind === 'choice') {
    return (
      <Select
        {...common}
        data={field.options}
        value={value}
        defaultDropdownOpened
        searchable={field.options.length > 8}
        selectFirstOptionOnChange
        onFocus={(event) => event.currentTarget.select()}
        allowDeselect={false}
        onOptionSubmit={finish}
        onBlur={cancel}
      />
    )
  }
  const length = field.maxLength === undefined ? {} : { maxLength: field.maxLength }
  if (field.kind === 'lines') {
    return (
      <Textarea
        {...common}
        {...length}
        autosize
        minRows={2}
        maxRows={10}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
    )
  }
  return (
    <TextInput
      {...common}
      {...length}
      type={field.kind ?? 'text'}
      value={value}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}
