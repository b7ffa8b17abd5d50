import { type ApiKeyView, listApiKeys, revokeApiKey } from '@clinicacrm/contract/api-keys.ts'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { Problem } from '../ui/problem.tsx'
import { useProblem } from './use-problem.ts'

/** It cannot be undone, and a contact centre may hang on it: the name is typed. */
export function RevokeKey({ apiKey, onDone }: { apiKey: ApiKeyView; onDone: () => void }) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const [isTried, setTried] = useState(false)
  const revoking = useCall(revokeApiKey)
  const problem = useProblem(revoking.error)
  const isRight = typed.trim() === apiKey.name.trim()

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (isRight) revoking.mutate({ params: { id: apiKey.id } }, { onSuccess: revoked })
  }
  function revoked() {
    announce(t('settings.keys.revoked'))
    void refresh(listApiKeys)
    onDone()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>{t('settings.keys.revoke_text')}</Text>
        <TextInput
          label={t('settings.keys.revoke_name', { name: apiKey.name })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          error={isTried && !isRight && t('settings.keys.revoke_wrong')}
        />
        <Problem>{problem}</Problem>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" color="red" loading={revoking.isPending}>
            {t('settings.keys.revoke')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
