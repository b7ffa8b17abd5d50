import { Button, Group, NumberInput, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useT } from '../i18n.ts'
import { Problem } from '../ui/problem.tsx'

const mostHours = 168

type Props = {
  text: string
  /** What the button says. */
  act: string
  isPending: boolean
  problem: string | null
  onSubmit: (overlapHours: number) => void
  onCancel: () => void
}

/** A new secret, and for how long the old one is good as well. */
export function OverlapForm({ text, act, isPending, problem, onSubmit, onCancel }: Props) {
  const t = useT()
  const [hours, setHours] = useState<number | string>(24)

  function submit(event: FormEvent) {
    event.preventDefault()
    onSubmit(Math.min(mostHours, Math.max(0, Number(hours) || 0)))
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>{text}</Text>
        <NumberInput
          label={t('settings.keys.overlap')}
          description={t('settings.keys.overlap_text')}
          value={hours}
          onChange={setHours}
          min={0}
          max={mostHours}
          clampBehavior="strict"
          allowDecimal={false}
          hideControls
          maw={200}
          data-autofocus
        />
        <Problem>{problem}</Problem>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {act}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
