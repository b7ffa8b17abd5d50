import { type ClinicFields, createClinic, listClinics, saveClinic } from '@clinicacrm/contract/clinics.ts'
import { getSession } from '@clinicacrm/contract/session.ts'
import { useForm } from '@mantine/form'
import { guessedZone } from '../countries.ts'
import { currentLocale, useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { changedFields } from './changed-fields.ts'
import { useGuard } from './panel.tsx'
import { useProblem } from './use-problem.ts'

type Clinic = ClinicFields & { id: string }
/** As it stands in the fields, where nothing is an empty text. */
type Values = { [F in keyof ClinicFields]: NonNullable<ClinicFields[F]> }

export function useClinicForm(clinic: Clinic | null, onDone: () => void) {
  const t = useT()
  const creating = useCall(createClinic)
  const saving = useCall(saveClinic)
  const initialValues = valuesOf(clinic)
  const form = useForm<Values>({
    initialValues,
    validate: {
      name: (value) => (value.trim() ? null : t('settings.needed.clinic_name')),
      code: (value) => (clinic && !value.trim() ? t('settings.needed.code') : null),
    },
  })
  useGuard(form.isDirty())
  const callbacks = {
    async onSuccess() {
      announce(t('common.saved'))
      form.resetDirty()
      // The session holds the names of one's clinics.
      void refresh(listClinics, getSession)
      onDone()
    },
    onError: ({ code }: { code: string }) => {
      if (code === 'already_exists') form.setErrors({ name: t('settings.clinics.taken'), code: true })
      focusFirstWrong()
    },
  }

  function submit(values: Values) {
    // Only what was changed here: a colleague may be changing the rest.
    const body = emptyAsNull(clinic ? changedFields(initialValues, values) : values)
    if (clinic) return saving.mutate({ params: { id: clinic.id }, body }, callbacks)
    const { code, ...rest } = body
    creating.mutate({ body: { ...rest, ...(code && { code }), name: values.name.trim() } }, callbacks)
  }
  const { error } = clinic ? saving : creating
  const problem = useProblem(error)
  return {
    form,
    submit,
    problem: error?.code === 'already_exists' ? null : problem,
    isBusy: creating.isPending || saving.isPending,
  }
}

function valuesOf(clinic: Clinic | null): Values {
  const { name = '', code = '', city, address, phone } = clinic ?? {}
  const { zone = guessedZone(), locale = currentLocale(), active = true } = clinic ?? {}
  return { name, code, city: city ?? '', address: address ?? '', phone: phone ?? '', zone, locale, active }
}

function emptyAsNull({ city, address, phone, ...others }: Partial<Values>): Partial<ClinicFields> {
  const nullable = Object.entries({ city, address, phone }).filter(([, value]) => value !== undefined)
  return { ...others, ...Object.fromEntries(nullable.map(([name, value]) => [name, value?.trim() || null])) }
}
