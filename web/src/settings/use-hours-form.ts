import { type ClinicHours, getClinicHours, saveClinicHours } from '@clinicacrm/contract/clinic-hours.ts'
import { useForm, type UseFormReturnType } from '@mantine/form'
import { useT } from '../i18n.ts'
import { queryClient, queryOf, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { hoursFrom, type HoursProblem, type HoursValues, problemsOf, typedFrom } from './hours-values.ts'
import { useGuard } from './panel.tsx'
import { useProblem } from './use-problem.ts'

export type HoursFormState = UseFormReturnType<HoursValues>

export function useHoursForm(clinicId: string, hours: ClinicHours, onDone: () => void) {
  const t = useT()
  const saving = useCall(saveClinicHours)
  const words: Record<HoursProblem, string> = {
    time: t('settings.hours.wrong.time'),
    order: t('settings.hours.wrong.order'),
    overlap: t('settings.hours.wrong.overlap'),
    day: t('settings.hours.wrong.day'),
    twice: t('settings.hours.wrong.twice'),
  }
  const form = useForm<HoursValues>({
    initialValues: typedFrom(hours),
    validate: (values) =>
      Object.fromEntries(Object.entries(problemsOf(values)).map(([field, problem]) => [field, words[problem]])),
  })
  // The database gives the fields back in an order of its own.
  const isDirty = JSON.stringify(hoursFrom(form.values)) !== JSON.stringify(hoursFrom(typedFrom(hours)))
  useGuard(isDirty)

  function submit(values: HoursValues) {
    saving.mutate(
      { params: { id: clinicId }, body: hoursFrom(values) },
      {
        onSuccess(saved) {
          announce(t('common.saved'))
          queryClient.setQueryData(queryOf(getClinicHours, { params: { id: clinicId } }).queryKey, saved)
          onDone()
        },
        onError: focusFirstWrong,
      },
    )
  }
  return { form, submit, isDirty, problem: useProblem(saving.error), isBusy: saving.isPending }
}
