import { PasswordForm } from './password-form.tsx'
import { SecondFactor } from './second-factor.tsx'
import { Section } from './section.tsx'
import { Sessions } from './sessions.tsx'

/** How a person proves who they are, and where they are signed in. */
export function SecurityPage() {
  return (
    <Section name="security" isNarrow>
      <PasswordForm />
      <SecondFactor />
      <Sessions />
    </Section>
  )
}
