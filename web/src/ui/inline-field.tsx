import { Loader } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { lazy, Suspense, useId, useRef } from 'react'
import { useT } from '../i18n.ts'
import classes from './inline-field.module.css'
import { type InlineFieldProps, useFieldEditing } from './use-field-editing.ts'

export type { EditorProps } from './use-field-editing.ts'

const load = () => import('./field-editor.tsx')
const fetchAhead = () => void load().catch(() => undefined)
const FieldEditor = lazy(() => load().then(({ FieldEditor }) => ({ default: FieldEditor })))

/**
 * A value that is edited where it stands: Enter, a double click or the pencil opens it, Enter or leaving it saves, Esc
 * leaves it as it was. What could not be saved stays in the field, with the reason below.
 */
export function InlineField(props: InlineFieldProps) {
  const { label, value, shown, isReadOnly = false } = props
  const t = useT()
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const editing = useFieldEditing(props, () => requestAnimationFrame(() => button.current?.focus()))

  return (
    <div className={classes.field} onPointerEnter={fetchAhead} onFocus={fetchAhead}>
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
