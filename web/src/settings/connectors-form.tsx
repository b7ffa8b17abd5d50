import type { ConnectorView } from '@clinicacrm/contract/connectors.ts'
import { Button, Group, Stack } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useT } from '../i18n.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Problem } from '../ui/problem.tsx'
import classes from './connectors.module.css'
import { Done } from './done.tsx'
import { Fieldset } from './fieldset.tsx'
import { ownFields } from './line-settings.ts'
import { SettingField } from './telephony-setting-field.tsx'
import { useConnectorForm } from './use-connector-form.ts'

type Props = { connector: ConnectorView; mayChange: boolean }

/** What is to be set once for this platform, drawn from its own description. */
export function ConnectorForm({ connector, mayChange }: Props) {
  const t = useT()
  const { form, submit, problem, saving } = useConnectorForm(connector)
  const { fields: words, secrets_set, files, takes } = connector
  const about = takes === 'line' ? 'connectors.settings.text_files' : 'connectors.settings.text'
  return (
    <Fieldset title={t('connectors.settings.title')} text={t(mayChange ? about : 'connectors.settings.read_only')}>
      <form onSubmit={form.onSubmit(submit, focusFirstWrong)} noValidate className={classes.form}>
        <Stack>
          {ownFields(connector).map((field) => (
            <SettingField
              key={field.name}
              field={field}
              words={words[field.name]}
              isReadOnly={!mayChange}
              isSaved={secrets_set.includes(field.name)}
              {...form.getInputProps(`settings.${field.name}`)}
            />
          ))}
          <Problem>{problem}</Problem>
          {saving.isSuccess && !form.isDirty() && (
            <Done>{t(files.length > 0 ? 'connectors.settings.saved_files' : 'connectors.settings.saved')}</Done>
          )}
          {mayChange && (
            <Group gap="sm">
              <Button type="submit" loading={saving.isPending} disabled={!form.isDirty()}>
                {t('common.actions.save')}
              </Button>
              {form.isDirty() && (
                <Button variant="subtle" color="gray" onClick={() => form.reset()}>
                  {t('common.actions.cancel')}
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </form>
      <Leaving isDirty={form.isDirty()} />
    </Fieldset>
  )
}

/** Asks before a page is left with what was typed; what opens over it is no leaving. */
function Leaving({ isDirty }: { isDirty: boolean }) {
  const t = useT()
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: isDirty,
    withResolver: true,
  })
  return (
    <ConfirmDialog
      opened={status === 'blocked'}
      title={t('settings.unsaved.title')}
      text={t('settings.unsaved.text')}
      confirm={t('settings.unsaved.confirm')}
      isDangerous
      onConfirm={() => proceed?.()}
      onClose={() => reset?.()}
    />
  )
}
