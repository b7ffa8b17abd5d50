import { Button, Code, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ApiError } from '../api.ts'
import { useT } from '../i18n.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { textOfError } from '../ui/error-text.ts'
import { Problem } from '../ui/problem.tsx'
import { QrCode } from './qr-code.tsx'
import classes from './scan-code.module.css'

type Props = {
  uri: string
  secret: string
  error: ApiError | null
  isBusy: boolean
  onCode: (code: string) => void
  onCancel: () => void
}

/** What the app scans, the same to type by hand, and the first code, which proves that it arrived. */
export function ScanCode({ uri, secret, error, isBusy, onCode, onCancel }: Props) {
  const t = useT()
  const [code, setCode] = useState('')
  const [isMissing, setMissing] = useState(false)
  const isWrong = error?.code === 'wrong_code'

  function submit(event: FormEvent) {
    event.preventDefault()
    setMissing(!code)
    if (code) onCode(code)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>{t('settings.second_factor.scan')}</Text>
        <QrCode text={uri} label={t('settings.second_factor.qr')} />
        <div>
          <Text size="sm" c="dimmed">
            {t('settings.second_factor.by_hand')}
          </Text>
          <Group gap="xs" wrap="nowrap">
            <Code className={classes.secret}>{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</Code>
            <CopyButton text={secret} label={t('settings.second_factor.copy_secret')} />
          </Group>
        </div>
        <Problem>{error && !isWrong ? textOfError(t, error) : null}</Problem>
        <TextInput
          label={t('settings.second_factor.code')}
          description={t('settings.second_factor.code_text')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 6))}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          data-autofocus
          error={isMissing ? t('sign_in.code.needed') : isWrong && t('sign_in.code.wrong')}
          maw={260}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t('settings.second_factor.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
