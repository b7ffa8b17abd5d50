import { Select, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useT } from '../i18n.ts'
import type { SettingFieldView } from './line-settings.ts'

type Props = {
  field: SettingFieldView
  isReadOnly: boolean
  value?: string
  error?: ReactNode
  onChange?: (value: unknown) => void
}

/** One setting of a connector, drawn from its description. */
export function SettingField({ field, isReadOnly, ...props }: Props) {
  const t = useT()
  const { name, choices, isLong } = field
  const known = useKnownTexts()[name]
  const words = {
    label: known?.label ?? name,
    description: known?.text ?? field.description,
    readOnly: isReadOnly,
    ...props,
  }
  if (choices) {
    const data = choices.map((value) => ({
      value,
      label:
        value === 'detect'
          ? t('telephony.settings.detect')
          : value === 'generic'
            ? t('telephony.settings.generic')
            : value,
    }))
    return <Select {...words} data={data} allowDeselect={false} />
  }
  if (isLong) return <Textarea {...words} autosize minRows={2} maxRows={8} spellCheck={false} />
  return <TextInput {...words} autoComplete="off" spellCheck={false} />
}

/** In the reader's language where we have the words; otherwise a connector's own stand. */
function useKnownTexts(): Record<string, { label: string; text: string } | undefined> {
  const t = useT()
  return {
    provider: { label: t('telephony.settings.provider'), text: t('telephony.settings.provider_text') },
    platform: { label: t('telephony.settings.platform'), text: t('telephony.settings.platform_text') },
    public_key: { label: t('telephony.settings.public_key'), text: t('telephony.settings.public_key_text') },
  }
}
