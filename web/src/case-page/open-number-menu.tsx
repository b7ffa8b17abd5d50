import { type NumberView, saveNumber } from '@clinicacrm/contract/patient-page.ts'
import { Menu } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useT } from '../i18n.ts'
import { useCall } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import { textOfError } from '../ui/error-text.ts'
import { toast } from '../ui/toast.tsx'
import { useCase } from './case-context.ts'
import { askAgain, pageOf } from './edits.ts'
import { NumberButton } from './number-menu.tsx'

export function OpenNumberMenu({ number }: { number: NumberView }) {
  const t = useT()
  const { id, page } = useCase()
  const client = useQueryClient()
  const saving = useCall(saveNumber)
  const { key, verified_at, wrong_at } = number

  function mark(body: { verified?: boolean; wrong?: boolean }) {
    saving.mutate(
      { params: { id: page.patient.id, key: key! }, body },
      {
        onSuccess({ numbers }) {
          client.setQueryData(pageOf(id).queryKey, (before) => before && { ...before, numbers })
          announce(t('common.saved'))
          void askAgain()
        },
        onError: (error) => toast({ text: textOfError(t, error), isTrouble: true }),
      },
    )
  }
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>
        <NumberButton number={number} loading={saving.isPending} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => mark({ verified: !verified_at })}>
          {t(verified_at ? 'case.numbers.not_verified' : 'case.numbers.mark_verified')}
        </Menu.Item>
        <Menu.Item onClick={() => mark({ wrong: !wrong_at })}>
          {t(wrong_at ? 'case.numbers.not_wrong' : 'case.numbers.mark_wrong')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
