import {
  addDialledNumber,
  type DialledNumberView,
  listDialledNumbers,
  saveDialledNumber,
} from '@clinicacrm/contract/telephony.ts'
import { useForm } from '@mantine/form'
import type { ApiError } from '../api.ts'
import { type Locale, useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { changedFields } from './changed-fields.ts'
import { useGuard } from './panel.tsx'
import { useProblem } from './use-problem.ts'
import { useTelephonyRights } from './use-telephony.ts'

/** As it stands in the fields, where nothing is an empty text or no choice. */
type Values = {
  number: string
  label: string
  clinic_id: string | null
  locale: Locale | null
  channel: string | null
  origin: string
  campaign: string
}

export function useNumberForm(number: DialledNumberView | null, onDone: () => void) {
  const t = useT()
  const adding = useCall(addDialledNumber)
  const saving = useCall(saveDialledNumber)
  const { clinics } = useMe()
  const { mayChangeAll } = useTelephonyRights()
  // Nobody adds what belongs to all clinics who is limited to some.
  const usualClinic = mayChangeAll ? null : (clinics[0]?.id ?? null)
  const initialValues = valuesOf(number, usualClinic)
  const form = useForm<Values>({
    initialValues,
    validate: { number: (value) => (/\d/.test(value) ? null : t('telephony.needed.number')) },
  })
  useGuard(form.isDirty())
  const { error } = number ? saving : adding
  const problem = useProblem(error)
  const callbacks = {
    onSuccess() {
      announce(t('common.saved'))
      void refresh(listDialledNumbers)
      onDone()
    },
    onError(why: ApiError) {
      if (why.code === 'already_exists') form.setErrors({ number: t('telephony.numbers.taken') })
      for (const { field } of why.fields) {
        if (field === 'number') form.setFieldError('number', t('telephony.needed.number'))
        if (field === 'clinic_id') form.setFieldError('clinic_id', t('settings.needed.clinic'))
      }
      focusFirstWrong()
    },
  }

  function submit(values: Values) {
    if (!number) return adding.mutate({ body: { ...emptyAsNull(values), number: values.number } }, callbacks)
    const body = { ...emptyAsNull(changedFields(initialValues, values)), version: number.version }
    saving.mutate({ params: { id: number.id }, body }, callbacks)
  }
  return {
    form,
    submit,
    problem: error && (error.code === 'already_exists' || error.fields.length > 0) ? null : problem,
    isBusy: adding.isPending || saving.isPending,
  }
}

function valuesOf(number: DialledNumberView | null, usualClinic: string | null): Values {
  const { label = '', clinic_id = usualClinic, locale = null, channel = null, origin, campaign } = number ?? {}
  return {
    number: number?.number ?? '',
    label,
    clinic_id,
    locale,
    channel,
    origin: origin ?? '',
    campaign: campaign ?? '',
  }
}

function emptyAsNull({ origin, campaign, ...others }: Partial<Values>): Partial<Values> & { number?: string } {
  const nullable = Object.entries({ origin, campaign }).filter(([, value]) => value !== undefined)
  return { ...others, ...Object.fromEntries(nullable.map(([name, value]) => [name, value?.trim() || null])) }
}
