import {
  addConnectorLine,
  type ConnectorLineView,
  listConnectorLines,
  saveConnectorLine,
} from '@clinicacrm/contract/telephony.ts'
import { useForm } from '@mantine/form'
import type { ApiError } from '../api.ts'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { fieldsOf, settingsFrom, type SettingValues, valuesOf } from './line-settings.ts'
import type { MadeLine } from './line-trial.ts'
import { useGuard } from './panel.tsx'
import type { Connector } from './telephony-lines.tsx'
import { useProblem } from './use-problem.ts'

type Values = { connector: string; name: string; settings: SettingValues }
type Props = {
  line: ConnectorLineView | null
  connectors: Connector[]
  onMade: (made: MadeLine) => void
  onDone: () => void
}

export function useLineForm({ line, connectors, onMade, onDone }: Props) {
  const t = useT()
  const adding = useCall(addConnectorLine)
  const saving = useCall(saveConnectorLine)
  const settingsOf = (name: string) =>
    valuesOf(fieldsOf(connectors.find((one) => one.name === name)?.settings_schema ?? {}), line?.settings ?? {})
  const first = line?.connector ?? connectors[0]?.name ?? ''
  const form = useForm<Values>({
    initialValues: { connector: first, name: line?.name ?? '', settings: settingsOf(first) },
    validate: { name: (value) => (value.trim() ? null : t('telephony.needed.line_name')) },
  })
  useGuard(form.isDirty())
  const { error } = line ? saving : adding
  const problem = useProblem(error)

  function onError({ fields }: ApiError) {
    for (const { field } of fields) form.setFieldError(field, t('telephony.needed.setting'))
    focusFirstWrong()
  }
  function submit({ connector, name, settings: values }: Values) {
    const settings = settingsFrom(values)
    const saved = () => {
      announce(t('common.saved'))
      form.resetDirty()
      void refresh(listConnectorLines)
    }
    if (!line) {
      const onSuccess = (made: MadeLine) => {
        saved()
        onMade(made)
      }
      return adding.mutate({ body: { connector, name: name.trim(), settings } }, { onSuccess, onError })
    }
    const onSuccess = () => {
      saved()
      onDone()
    }
    const body = { name: name.trim(), settings, version: line.version }
    saving.mutate({ params: { id: line.id }, body }, { onSuccess, onError })
  }
  return {
    form,
    choose: (connector: string) => form.setValues({ connector, settings: settingsOf(connector) }),
    submit,
    problem: error && error.fields.length > 0 ? null : problem,
    isBusy: adding.isPending || saving.isPending,
  }
}
