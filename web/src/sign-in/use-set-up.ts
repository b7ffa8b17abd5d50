import { setUp } from '@clinicacrm/contract/session.ts'
import { useForm, type UseFormReturnType } from '@mantine/form'
import { guessedCountry, guessedZone } from '../countries.ts'
import { currentLocale, useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { passwordProblem } from '../ui/new-password-text.ts'
import { enter } from './next.ts'
import { looksLikeEmail, problemOf } from './problem-text.ts'

export type SetUpValues = {
  code: string
  organisation: string
  clinic: string
  city: string
  country: string | null
  zone: string | null
  name: string
  email: string
  password: string
}
export type SetUpFormState = UseFormReturnType<SetUpValues>

const isBlank = (text: string) => text.trim() === ''

export function useSetUp(onTooLate: () => void) {
  const t = useT()
  const settingUp = useCall(setUp)
  const { error } = settingUp
  const needed = (text: string) => (value: string | null) => (isBlank(value ?? '') ? text : null)
  const form = useForm<SetUpValues>({
    initialValues: {
      code: '',
      organisation: '',
      clinic: '',
      city: '',
      country: guessedCountry(),
      zone: guessedZone(),
      name: '',
      email: '',
      password: '',
    },
    validate: {
      code: needed(t('sign_in.set_up.code_needed')),
      organisation: needed(t('sign_in.set_up.organisation_needed')),
      clinic: needed(t('sign_in.set_up.clinic_needed')),
      country: needed(t('sign_in.set_up.country_needed')),
      zone: needed(t('sign_in.set_up.zone_needed')),
      name: needed(t('sign_in.name_needed')),
      email: (value) => (looksLikeEmail(value.trim()) ? null : t('sign_in.email_wrong')),
      password: needed(t('sign_in.new_password.needed')),
    },
  })

  function submit({ country, zone, city, ...values }: SetUpValues) {
    const body = { ...trimmed(values), country: country!, zone: zone!, locale: currentLocale() }
    settingUp.mutate(
      { body: { ...body, city: isBlank(city) ? null : city.trim() } },
      {
        onSuccess: ({ session }) => session && enter(session),
        onError(refusal) {
          if (refusal.code === 'already_set_up') return onTooLate()
          if (refusal.code === 'wrong_code') form.setFieldError('code', t('sign_in.set_up.code_wrong'))
          form.setFieldError('password', passwordProblem(t, refusal))
          focusFirstWrong()
        },
      },
    )
  }
  const isAtField =
    passwordProblem(t, error) !== null || error?.code === 'wrong_code' || error?.code === 'already_set_up'
  return {
    form,
    submit,
    problem: error && !isAtField ? problemOf(t, error) : null,
    isBusy: settingUp.isPending || settingUp.isSuccess,
  }
}

/** All but the password, which is taken as it is. */
function trimmed<V extends Record<string, string>>(values: V): V {
  const entries = Object.entries(values).map(([name, value]) => [name, name === 'password' ? value : value.trim()])
  return Object.fromEntries(entries) as V
}
