import { type FocusEvent, type KeyboardEvent, type ReactNode, useState } from 'react'
import { useT } from '../i18n.ts'
import { announce } from './announce.tsx'

type Common = {
  label: string
  value: string
  /** How the value looks when nobody edits it; the value itself unless given. */
  shown?: ReactNode
  isReadOnly?: boolean
  /** Saves, knowing what stood there `before`; answers with what is wrong, as a sentence, or null when it is saved. */
  onSave: (value: string, before: string) => Promise<string | null>
}

/** What an editor of one's own needs, such as a date picker: `finish` saves, `cancel` leaves things as they were. */
export type EditorProps = {
  value: string
  change(value: string): void
  finish(value?: string): void
  cancel(): void
  error: string | null
  isBusy: boolean
  'aria-label': string
}

export type InlineFieldProps = Common &
  (
    | { kind?: 'text' | 'email' | 'tel'; maxLength?: number }
    | { kind: 'lines'; maxLength?: number }
    | { kind: 'choice'; options: { value: string; label: string }[] }
    | { kind: 'own'; editor: (props: EditorProps) => ReactNode }
  )

/** What an `InlineField` remembers while somebody edits it. `onDone`: the keyboard goes back to where it came from. */
export function useFieldEditing({ label, value, onSave, kind }: InlineFieldProps, onDone: () => void) {
  const t = useT()
  const [typed, setTyped] = useState<string | null>(null)
  // A colleague may change the value while somebody types.
  const [before, setBefore] = useState(value)
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  function close() {
    setTyped(null)
    setError(null)
  }
  async function save(next: string, andThen: () => void) {
    if (isBusy) return
    if (next === before) {
      close()
      return andThen()
    }
    setBusy(true)
    const problem = await onSave(next, before).finally(() => setBusy(false))
    setError(problem)
    if (problem) return announce(problem, 'assertive')
    announce(t('common.saved_field', { label }))
    close()
    andThen()
  }
  const editor: EditorProps = {
    value: typed ?? '',
    change: setTyped,
    finish: (next = typed ?? '') => void save(next, onDone),
    cancel() {
      close()
      onDone()
    },
    error,
    isBusy,
    'aria-label': label,
  }
  return {
    typed,
    isBusy,
    editor,
    begin() {
      setBefore(value)
      setTyped(value)
    },
    onKeyDown: (event: KeyboardEvent) => press(event, editor, kind),
    onBlur(event: FocusEvent) {
      if (!isPicker(kind) && !event.currentTarget.contains(event.relatedTarget)) void save(typed ?? '', () => undefined)
    },
  }
}

function press(event: KeyboardEvent, editor: EditorProps, kind: InlineFieldProps['kind']) {
  if (event.key === 'Escape' && !event.defaultPrevented) {
    event.stopPropagation()
    editor.cancel()
  }
  const isLine = kind !== 'lines' || event.ctrlKey || event.metaKey
  if (event.key !== 'Enter' || isPicker(kind) || !isLine || event.nativeEvent.isComposing) return
  event.preventDefault()
  editor.finish()
}

/** A picker opens its list elsewhere in the page, and says itself when it is done. */
const isPicker = (kind: InlineFieldProps['kind']) => kind === 'choice' || kind === 'own'
