import { Textarea } from '@mantine/core'
import { type KeyboardEvent, type Ref, useId, useRef, useState } from 'react'
import { useT } from '../i18n.ts'
import { PersonAvatar } from '../ui/person-avatar.tsx'
import { useColleagues } from './colleagues.ts'
import classes from './mention-field.module.css'
import { mentionAt, peopleLike } from './mentions.ts'

type Props = {
  value: string
  onChange: (text: string) => void
  /** Ctrl or ⌘ with Enter. */
  onSubmit: () => void
  label: string
  placeholder?: string
  error?: string | null
  ref?: Ref<HTMLTextAreaElement>
  autoFocus?: boolean
}

/** A text in which an `@` names a colleague, found by a few letters and chosen by keyboard. */
export function MentionField({ value, onChange, onSubmit, label, placeholder, error, ref, autoFocus = false }: Props) {
  const id = useId()
  const { found, active, take, onKeyDown, ...mentioning } = useMentioning(value, onChange)
  const optionId = (i: number) => `${id}-${i}`
  return (
    <div className={classes.field} ref={mentioning.around}>
      <Textarea
        ref={ref}
        aria-label={label}
        placeholder={placeholder}
        error={error}
        autosize
        minRows={2}
        maxRows={14}
        dir="auto"
        autoFocus={autoFocus}
        value={value}
        {...(found.length > 0 && { 'aria-controls': id, 'aria-activedescendant': optionId(active) })}
        aria-autocomplete="list"
        onChange={({ currentTarget }) => mentioning.type(currentTarget.value, currentTarget.selectionStart)}
        onSelect={({ currentTarget }) => mentioning.setCaret(currentTarget.selectionStart)}
        onBlur={mentioning.dismiss}
        onKeyDown={(event) => {
          onKeyDown(event)
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          onSubmit()
        }}
      />
      {found.length > 0 && <People id={id} found={found} active={active} optionId={optionId} onTake={take} />}
    </div>
  )
}

type Person = { id: string; name: string }
type PeopleProps = {
  id: string
  found: Person[]
  active: number
  optionId: (i: number) => string
  onTake: (i: number) => void
}

function People({ id, found, active, optionId, onTake }: PeopleProps) {
  const t = useT()
  return (
    <ul className={classes.people} role="listbox" id={id} aria-label={t('case.notes.colleagues')}>
      {found.map((person, i) => (
        <li
          key={person.id}
          id={optionId(i)}
          role="option"
          aria-selected={i === active}
          className={classes.person}
          // The field keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(i)}
        >
          <PersonAvatar name={person.name} size={20} />
          <bdi>{person.name}</bdi>
        </li>
      ))}
    </ul>
  )
}

function useMentioning(value: string, onChange: (text: string) => void) {
  const [caret, setCaret] = useState(0)
  const [active, setActive] = useState(0)
  const [isDismissed, setDismissed] = useState(true)
  const around = useRef<HTMLDivElement>(null)
  const mention = isDismissed ? null : mentionAt(value, caret)
  const colleagues = useColleagues(mention !== null)
  const found = mention
    ? peopleLike(
        colleagues.filter((one) => one.active),
        mention.begun,
      )
    : []

  function take(i: number) {
    const person = found[i]
    if (!mention || !person) return
    const before = `${value.slice(0, mention.from)}@${person.name} `
    onChange(before + value.slice(caret).trimStart())
    setDismissed(true)
    const field = around.current?.querySelector('textarea')
    requestAnimationFrame(() => field?.setSelectionRange(before.length, before.length))
  }
  function onKeyDown(event: KeyboardEvent) {
    const isSending = event.ctrlKey || event.metaKey
    if (found.length === 0 || isSending || event.nativeEvent.isComposing) return
    const act = {
      ArrowDown: () => setActive((active + 1) % found.length),
      ArrowUp: () => setActive((active + found.length - 1) % found.length),
      Enter: () => take(active),
      Tab: () => take(active),
      Escape: () => setDismissed(true),
    }[event.key]
    if (!act || event.shiftKey) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  return {
    around,
    found,
    active: Math.min(active, Math.max(found.length - 1, 0)),
    take,
    onKeyDown,
    setCaret,
    dismiss: () => setDismissed(true),
    type(text: string, at: number) {
      onChange(text)
      setCaret(at)
      setActive(0)
      setDismissed(false)
    },
  }
}
