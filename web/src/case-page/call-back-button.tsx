import { Button, type ButtonProps, type ElementProps } from '@mantine/core'
import { IconPhoneOutgoing } from '@tabler/icons-react'
import { useT } from '../i18n.ts'
import { KeyHint } from '../ui/key-hint.tsx'

export function CallBackButton(props: ButtonProps & ElementProps<'button', keyof ButtonProps>) {
  const t = useT()
  return (
    <Button
      variant="default"
      leftSection={<IconPhoneOutgoing size={16} stroke={1.75} />}
      rightSection={<KeyHint keys="r" />}
      aria-keyshortcuts="R"
      aria-haspopup="dialog"
      {...props}
    >
      {t('case.actions.call_back')}
    </Button>
  )
}
