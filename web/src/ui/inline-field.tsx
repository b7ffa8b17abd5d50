import { Loader } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useId, useRef, useState } from 'react'
import { useT } from '../i18n.ts'
import { announce } from './announce.tsx'
import classes from './inline-field.module.css'

const load = () => import('./field-editor.tsx')
const FieldEditor = lazy(() => load().then(({ FieldEditor }) => ({ default: FieldEditor })))

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

/**
 * A value that is edited where it stands: Enter, a double click or the pencil opens it, Enter or leaving it saves, Esc
 * leaves it as it was. What could not be saved stays in the field, with the reason below.
 */
export function InlineField(props: InlineFieldProps) {
  const { label, value, shown, isReadOnly = false } = props
  const t = useT()
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const editing = useEditing(props, () => requestAnimationFrame(() => button.current?.focus()))

  return (
    <div className={classes.field} onPointerEnter={() => void load()} onFocus={() => void load()}>
      <span className={classes.label} id={id}>
        {label}
      </span>
      {editing.typed === null ? (
        <div className={classes.shown} onDoubleClick={isReadOnly ? undefined : editing.begin}>
          <span className={classes.value} data-empty={value === '' || undefined}>
            {value === '' ? t('common.not_set') : (shown ?? value)}
          </span>
          {!isReadOnly && (
            <button
              ref={button}
              type="button"
              className={classes.pencil}
              aria-label={t('common.edit_field', { label })}
              onClick={editing.begin}
            >
              <IconPencil size={14} aria-hidden />
            </button>
          )}
        </div>
      ) : (
        <div className={classes.editor} onKeyDown={editing.onKeyDown} onBlur={editing.onBlur}>
          <Suspense fallback={<div className={classes.shown}>{shown ?? value}</div>}>
            <FieldEditor field={props} editing={editing.editor} />
          </Suspense>
          {editing.isBusy && <Loader size={14} className={classes.busy} aria-label={t('common.saving')} />}
        </div>
      )}
    </div>
  )
}

function useEditing({ label, value, onSave, kind }: InlineFieldProps, onDone: () => void) {
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
    onKeyDown(event: KeyboardEvent) {
      if (event.key === 'Escape' && !event.defaultPrevented) {
        event.stopPropagation()
        editor.cancel()
      }
      const isLine = kind !== 'lines' || event.ctrlKey || event.metaKey
      if (event.key !== 'Enter' || kind === 'choice' || kind === 'own' || !isLine || event.nativeEvent.isComposing)
        return
      event.preventDefault()
      editor.finish()
    },
    onBlur(event: React.FocusEvent) {
      // A picker opens its list elsewhere in the page; it says itself when it is done.
      if (kind === 'choice' || kind === 'own' || event.currentTarget.contains(event.relatedTarget)) return
      void save(typed ?? '', () => undefined)
    },
  }
}
