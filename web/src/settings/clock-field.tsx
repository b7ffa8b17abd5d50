import { TextInput, type TextInputProps } from '@mantine/core'
import { clockFrom } from './hours-values.ts'

type Props = Omit<TextInputProps, 'onChange' | 'value'> & {
  value?: string
  onChange?: (value: string) => void
}

/** A time of day, typed in a few keys and then written out: `9` becomes `09:00`. */
export function ClockField({ value = '', onChange, onBlur, ...props }: Props) {
  return (
    <TextInput
      {...props}
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      value={value}
      onChange={({ currentTarget }) => onChange?.(currentTarget.value)}
      onBlur={(event) => {
        const clock = clockFrom(value)
        if (clock && clock !== value) onChange?.(clock)
        onBlur?.(event)
      }}
    />
  )
}
