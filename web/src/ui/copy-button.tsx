import { ActionIcon } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useT } from '../i18n.ts'
import { announce } from './announce.tsx'
import { copyText } from './copy-text.ts'
import { Tip } from './tip.tsx'

const shownMs = 1_500

/** Copies `text`, shows that it did, and says so. `label` names what is copied: "Copy the phone number". */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useT()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [isCopied])

  async function copy() {
    if (!(await copyText(text))) return
    setCopied(true)
    announce(t('common.copied', { text }))
  }
  const Icon = isCopied ? IconCheck : IconCopy
  const name = label ?? t('common.actions.copy')
  return (
    <Tip label={name}>
      <ActionIcon size="sm" aria-label={name} color={isCopied ? 'green' : 'gray'} onClick={() => void copy()}>
        <Icon size={14} />
      </ActionIcon>
    </Tip>
  )
}
