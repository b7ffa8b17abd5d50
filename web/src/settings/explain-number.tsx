import { listApiKeys } from '@clinicacrm/contract/api-keys.ts'
import { explainNumber } from '@clinicacrm/contract/requests.ts'
import { Button, Select, Stack, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { IconZoomQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useT } from '../i18n.ts'
import { queryOf, useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { Problem } from '../ui/problem.tsx'
import classes from './explain-number.module.css'
import { ExplanationView } from './explanation-view.tsx'
import { Fieldset } from './fieldset.tsx'
import { useProblem } from './use-problem.ts'

type Values = { phone: string; stored: string; api_key_id: string | null }

/** A number as a platform would send it, and what becomes of it. */
export function ExplainNumber() {
  const t = useT()
  const explaining = useCall(explainNumber)
  const problem = useProblem(explaining.error)
  const form = useForm<Values>({
    initialValues: { phone: '', stored: '', api_key_id: null },
    validate: { phone: (phone) => (phone.trim() ? null : t('requests.explain.needed')) },
  })
  return (
    <Fieldset title={t('requests.explain.title')} text={t('requests.explain.text')}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ phone, stored, api_key_id }) =>
          explaining.mutate({ body: { phone, stored: stored.trim() || null, api_key_id } }),
        )}
      >
        <Stack>
          <Fields form={form} />
          <Problem>{problem}</Problem>
          <Button
            type="submit"
            className={classes.submit!}
            leftSection={<IconZoomQuestion size={16} aria-hidden />}
            loading={explaining.isPending}
          >
            {t('requests.explain.ask')}
          </Button>
        </Stack>
      </form>
      <div aria-live="polite">{explaining.data && <ExplanationView explanation={explaining.data} />}</div>
    </Fieldset>
  )
}

function Fields({ form }: { form: UseFormReturnType<Values> }) {
  const t = useT()
  const { may } = useMe()
  const keys = useQuery({ ...queryOf(listApiKeys, {}), enabled: may('keys:manage') })
  const text = { maxLength: 400, spellCheck: false, autoComplete: 'off' } as const
  return (
    <div className={classes.fields}>
      <TextInput
        {...text}
        label={t('requests.explain.phone')}
        description={t('requests.explain.phone_text')}
        {...form.getInputProps('phone')}
      />
      <TextInput
        {...text}
        label={t('requests.explain.stored')}
        description={t('requests.explain.stored_text')}
        {...form.getInputProps('stored')}
      />
      {keys.data && (
        <Select
          label={t('requests.explain.key')}
          description={t('requests.explain.key_text')}
          placeholder={t('requests.explain.no_key')}
          data={keys.data.api_keys.map(({ id, name }) => ({ value: id, label: name }))}
          clearable
          searchable
          {...form.getInputProps('api_key_id')}
        />
      )}
    </div>
  )
}
