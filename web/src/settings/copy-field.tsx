import { Button, Group, Textarea } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useT } from '../i18n.ts'
import { announce } from '../ui/announce.tsx'
import { copyText } from '../ui/copy-text.ts'
import classes from './copy-field.module.css'

type Props = {
  label: string
  copy: string
  text: string
  autoFocus?: boolean
  /** What else can be done with it, beside the button that copies. */
  children?: ReactNode
}

/** Something to take elsewhere, whole and to the letter. */
export function CopyField({ label, copy, text, autoFocus = false, children }: Props) {
  const t = useT()
  const [isCopied, setCopied] = useState(false)

  async function take() {
    if (!(await copyText(text))) return
    setCopied(true)
    announce(t('settings.copied', { what: label }))
  }
  return (
    <div>
      <Textarea
        label={label}
        value={text}
        readOnly
        autosize
        minRows={1}
        onFocus={(event) => event.currentTarget.select()}
        classNames={{ input: classes.text! }}
      />
      <Group gap="sm" mt="xs">
        <Button
          variant="default"
          size="xs"
          leftSection={isCopied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          onClick={() => void take()}
          autoFocus={autoFocus}
        >
          {isCopied ? t('settings.copied', { what: label }) : copy}
        </Button>
        {children}
      </Group>
    </div>
  )
}
