import { useMe } from '../session.ts'
import { OrganisationForm } from './organisation-form.tsx'
import { Section } from './section.tsx'

/** What the organisation is called and looks like, for everybody. */
export function OrganisationPage() {
  const { organisation, may } = useMe()
  return (
    <Section name="organisation" isNarrow>
      {may('organisation:write') && <OrganisationForm organisation={organisation} />}
    </Section>
  )
}
