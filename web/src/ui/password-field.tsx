import { PasswordInput, type PasswordInputProps } from '@mantine/core'

/** Mantine draws a wrong password red; who listens must learn it, too. */
export function PasswordField(props: PasswordInputProps) {
  return <PasswordInput {...props} {...(props.error && { 'aria-invalid': true })} />
}
