import { listFrameOrigins, saveFrameOrigins } from '@clinicacrm/contract/frames.ts'
import { Button, Checkbox, Group, Stack, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReplyOf } from '../api.ts'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Problem } from '../ui/problem.tsx'
import { linesOf } from './key-values.ts'
import { useGuard } from './panel.tsx'
import { useProblem } from './use-problem.ts'

type Frame = ReplyOf<typeof listFrameOrigins>['frames'][number]
type Props = { frame: Frame; onDone: () => void }

const origin = /^(https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*|http:\/\/(localhost|127\.0\.0\.1))(:\d{1,5})?$/

/** The platform's own sites to tick, and room for others. */
export function FrameForm({ frame, onDone }: Props) {
  const t = useT()
  const { form, submit, problem, isBusy } = useFrameForm({ frame, onDone })
  return (
    <form onSubmit={form.onSubmit(submit, focusFirstWrong)} noValidate>
      <Stack>
        {frame.presets.length > 0 && (
          <Checkbox.Group
            label={t('telephony.frames.presets')}
            description={t('telephony.frames.presets_text')}
            {...form.getInputProps('ticked')}
          >
            <Stack gap="xs" mt="sm">
              {frame.presets.map((preset) => (
                <Checkbox key={preset} value={preset} label={preset} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <Textarea
          label={frame.presets.length > 0 ? t('telephony.frames.others') : t('telephony.frames.origins')}
          description={t('telephony.frames.others_text')}
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
          {...form.getInputProps('others')}
        />
        <Problem>{problem}</Problem>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {t('common.actions.cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!form.isDirty()}>
            {t('common.actions.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

type Values = { ticked: string[]; others: string }

function useFrameForm({ frame: { connector, origins, presets }, onDone }: Props) {
  const t = useT()
  const saving = useCall(saveFrameOrigins)
  const form = useForm<Values>({
    initialValues: {
      ticked: presets.filter((preset) => origins.includes(preset)),
      others: origins.filter((one) => !presets.includes(one)).join('\n'),
    },
    validate: {
      others(value) {
        const wrong = linesOf(value).find((line) => !origin.test(line))
        return wrong === undefined ? null : t('telephony.frames.wrong', { origin: wrong })
      },
    },
  })
  useGuard(form.isDirty())

  function submit({ ticked, others }: Values) {
    const body = { origins: [...ticked, ...linesOf(others)] }
    saving.mutate(
      { params: { connector }, body },
      {
        onSuccess() {
          announce(t('common.saved'))
          void refresh(listFrameOrigins)
          onDone()
        },
      },
    )
  }
  return { form, submit, problem: useProblem(saving.error), isBusy: saving.isPending }
}
