import type { ButtonProps, ElementProps } from '@mantine/core'
import { IconPhoneOutgoing } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { ActionButton } from './action-button.tsx'

export function CallBackButton(props: ButtonProps & ElementProps<'button', keyof ButtonProps>) {
  const t = useT()
  return (
    <ActionButton icon={IconPhoneOutgoing} shortcut="r" aria-haspopup="dialog" {...props}>
      {t('case.actions.call_back')}
    </ActionButton>
  )
}
