import { saveProfile } from '@clinicacrm/contract/profile.ts'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useDraft } from '../drafts.ts'
import { formatAgo } from '../format.ts'
import { useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { rememberSession, useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Fieldset } from './fieldset.tsx'

/** Name and address; what is typed and not saved is still there after a reload. */
export function ProfileForm() {
  const t = useT()
  const { user } = useMe()
  const draft = useDraft<string | null>('settings.name', null)
  const [isMissing, setMissing] = useState(false)
  const saving = useCall(saveProfile)
  const name = draft.value ?? user.name
  const isDirty = name.trim() !== user.name

  function submit(event: FormEvent) {
    event.preventDefault()
    setMissing(!name.trim())
    if (!name.trim()) return focusFirstWrong()
    saving.mutate({ body: { name: name.trim() } }, { onSuccess: saved })
  }
  function saved(session: Parameters<typeof rememberSession>[0]) {
    rememberSession(session)
    draft.clear()
    announce(t('common.saved'))
  }
  return (
    <Fieldset title={t('settings.profile.identity')} text={t('settings.profile.identity_text')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={t('settings.profile.name')}
            value={name}
            onChange={(event) => draft.set(event.currentTarget.value)}
            autoComplete="name"
            maxLength={200}
            error={isMissing && t('settings.needed.name')}
          />
          <TextInput
            label={t('settings.profile.email')}
            description={t('settings.profile.email_text')}
            value={user.email}
            readOnly
          />
          {saving.error && <ErrorPanel error={saving.error} />}
          <Group>
            <Button type="submit" disabled={!isDirty} loading={saving.isPending}>
              {t('common.actions.save')}
            </Button>
            {isDirty && (
              <Button variant="subtle" color="gray" onClick={draft.clear}>
                {t('common.actions.cancel')}
              </Button>
            )}
            {draft.restoredAt && isDirty && (
              <Text size="sm" c="dimmed" role="status">
                {t('settings.draft_restored', { when: formatAgo(draft.restoredAt) })}
              </Text>
            )}
          </Group>
        </Stack>
      </form>
    </Fieldset>
  )
}
