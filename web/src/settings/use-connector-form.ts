import { type ConnectorView, listConnectors, saveConnector } from '@clinicacrm/contract/connectors.ts'
import { getSession } from '@clinicacrm/contract/session.ts'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { ApiError } from '../api.ts'
import { currentLocale, useT } from '../i18n.ts'
import { queryClient, refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { ownFields, settingsFrom, type SettingValues, valuesOf } from './line-settings.ts'
import { questionAbout } from './use-connector.ts'
import { useProblem } from './use-problem.ts'

type Values = { settings: SettingValues }

export function useConnectorForm(connector: ConnectorView) {
  const t = useT()
  const { name } = connector
  const saving = useCall(saveConnector)
  // The page asks again every few seconds: what is typed here was typed over this version.
  const [version, setVersion] = useState(connector.version)
  const form = useForm<Values>({ initialValues: valuesIn(connector) })

  function submit({ settings }: Values) {
    const body = { settings: settingsFrom(settings), version }
    const input = { params: { name }, query: { locale: currentLocale() }, body }
    saving.mutate(input, { onSuccess: saved, onError: (error) => void refused(error) })
  }
  function saved(view: ConnectorView) {
    queryClient.setQueryData(questionAbout(name).queryKey, view)
    setVersion(view.version)
    form.setInitialValues(valuesIn(view))
    form.setValues(valuesIn(view))
    form.resetDirty(valuesIn(view))
    announce(t('common.saved'))
    // Its telephone may be there now, or no longer.
    void refresh(listConnectors, getSession)
  }
  async function refused({ code, fields }: ApiError) {
    for (const { field } of fields) form.setFieldError(field, t('telephony.needed.setting'))
    if (fields.length > 0) focusFirstWrong()
    // The next try is against what somebody else saved; what is typed here stays.
    if (code === 'changed') setVersion((await queryClient.fetchQuery({ ...questionAbout(name), staleTime: 0 })).version)
  }
  const problem = useProblem(saving.error)
  return { form, submit, saving, problem: saving.error?.fields.length ? null : problem }
}

const valuesIn = (connector: ConnectorView): Values => ({
  settings: valuesOf(ownFields(connector), connector.settings),
})
