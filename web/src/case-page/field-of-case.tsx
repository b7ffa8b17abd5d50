import type { ReactNode } from 'react'
import { type EditorProps, InlineField } from '../ui/inline-field.tsx'
import { type FieldName, useCase } from './case-context.ts'
import classes from './details.module.css'
import { useWords } from './words.ts'

type Props = {
  name: FieldName
  shown?: ReactNode
  /** Takes the whole line. */
  isWide?: boolean
  options?: { value: string; label: string }[]
  editor?: (editing: EditorProps) => ReactNode
}

/** A field of the case, edited where it stands. */
export function FieldOfCase({ name, shown, isWide = false, options, editor }: Props) {
  const { page, mayWrite, saveField } = useCase()
  const words = useWords(page.clinic_zone)
  const value = page.case[name] ?? ''
  const common = {
    label: words.field(name),
    value,
    shown: shown ?? (value && <bdi>{words.value(name, value)}</bdi>),
    isReadOnly: !mayWrite,
    onSave: (next: string, before: string) => saveField(name, next.trim(), before),
  }
  return (
    <div className={isWide ? classes.wide : classes.narrow}>
      {options ? (
        <InlineField {...common} kind="choice" options={options} />
      ) : editor ? (
        <InlineField {...common} kind="own" editor={editor} />
      ) : (
        <InlineField {...common} />
      )}
    </div>
  )
}
