import { type OrganisationView, saveOrganisation } from '@clinicacrm/contract/organisation.ts'
import { getFrontDoor, getSession } from '@clinicacrm/contract/session.ts'
import { useForm } from '@mantine/form'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { rememberSession, useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { changedFields } from './changed-fields.ts'
import { useProblem } from './use-problem.ts'

type Values = Pick<OrganisationView, 'name' | 'logo' | 'accent' | 'country' | 'locale'>

export function useOrganisationForm(organisation: OrganisationView) {
  const t = useT()
  const { may: _, ...session } = useMe()
  const { name, logo, accent, country, locale, version } = organisation
  const initialValues: Values = { name, logo, accent, country, locale }
  const form = useForm<Values>({
    initialValues,
    validate: { name: (value) => (value.trim() ? null : t('settings.needed.organisation_name')) },
  })
  const saving = useCall(saveOrganisation)

  function submit(values: Values) {
    const body = { ...changedFields(initialValues, values), version }
    saving.mutate(
      { body },
      {
        onSuccess(saved) {
          remember(saved)
          form.setInitialValues(values)
          form.resetDirty()
          announce(t('common.saved'))
        },
        onError({ code, details }) {
          // The next try is against what somebody else saved; what is typed here stays.
          if (code === 'changed' && details.current) remember(details.current as OrganisationView)
        },
      },
    )
  }
  function remember(next: OrganisationView) {
    rememberSession({ ...session, organisation: next })
    void refresh(getSession, getFrontDoor)
  }
  return { form, submit, saving, problem: useProblem(saving.error) }
}
