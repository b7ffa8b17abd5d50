import type { ConnectorLineView } from '@clinicacrm/contract/telephony.ts'
import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { useT } from '../i18n.ts'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Problem } from '../ui/problem.tsx'
import { fieldsOf } from './line-settings.ts'
import type { MadeLine } from './line-trial.ts'
import { SettingField } from './telephony-setting-field.tsx'
import type { Connector } from './telephony-lines.tsx'
import { useSettingWords } from './use-connector.ts'
import { useLineForm } from './use-line-form.ts'

type Props = {
  line: ConnectorLineView | null
  connectors: Connector[]
  mayChange: boolean
  onMade: (made: MadeLine) => void
  onDone: () => void
}

/** Null sets one up. What is to be set is the connector's to say. */
export function LineForm({ line, connectors, mayChange, onMade, onDone }: Props) {
  const t = useT()
  const choices = connectors.filter(({ takes_events }) => takes_events)
  const { form, choose, submit, problem, isBusy } = useLineForm({ line, connectors: choices, onMade, onDone })
  const connector = choices.find(({ name }) => name === form.values.connector)
  const { fields: words, in_files } = useSettingWords(connector?.name ?? '')
  return (
    <form onSubmit={form.onSubmit(submit, focusFirstWrong)} noValidate>
      <Stack>
        {!line && choices.length > 1 && (
          <Select
            label={t('telephony.lines.connector')}
            data={choices.map(({ name, title }) => ({ value: name, label: title }))}
            allowDeselect={false}
            value={form.values.connector}
            onChange={(name) => name && choose(name)}
          />
        )}
        <TextInput
          label={t('telephony.lines.name')}
          description={t('telephony.lines.name_text')}
          maxLength={100}
          readOnly={!mayChange}
          data-autofocus={!line || undefined}
          {...form.getInputProps('name')}
        />
        {connector &&
          fieldsOf(connector.settings_schema)
            .filter(({ name }) => !in_files.includes(name))
            .map((field) => (
              <SettingField
                key={field.name}
                field={field}
                words={words[field.name]}
                isSaved={line?.secrets_set.includes(field.name) ?? false}
                isReadOnly={!mayChange}
                {...form.getInputProps(`settings.${field.name}`)}
              />
            ))}
        <Problem>{problem}</Problem>
        {mayChange && (
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onDone}>
              {t('common.actions.cancel')}
            </Button>
            <Button type="submit" loading={isBusy} disabled={line !== null && !form.isDirty()}>
              {line ? t('common.actions.save') : t('telephony.lines.add')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}
