import { CloseButton, Loader, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useT } from '../i18n.ts'
import { useShortcut } from '../shortcuts.ts'
import classes from './filter-bar.module.css'

const pauseMs = 180

type Props = {
  /** What the address asks for now. */
  asked: string
  isBusy: boolean
  /** What is searched; the help says it of the key "/", too. */
  label: string
  hint: string
  /** `replace` leaves no step to come back to. */
  onAsk: (text: string | undefined, replace: boolean) => void
}

/** Searches as one types, after a breath; the answer to what was typed before is not waited for. */
export function SearchField({ asked, isBusy, label, hint, onAsk }: Props) {
  const t = useT()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState({ text: asked, asked })
  // The address changed by itself: a view was opened, or somebody went back.
  if (typed.asked !== asked) setTyped({ text: typed.text.trim() === asked ? typed.text : asked, asked })
  useShortcut('/', () => field.current?.focus(), { description: label })

  const ask = (text: string) => {
    const next = text.trim()
    // A search being typed is one step of the history, not one for each letter.
    if (next !== asked) onAsk(next || undefined, asked !== '')
  }
  const askSoon = useDebouncedCallback(ask, pauseMs)
  return (
    <TextInput
      ref={field}
      type="search"
      size="xs"
      className={classes.search}
      aria-label={label}
      placeholder={hint}
      maxLength={200}
      value={typed.text}
      leftSection={isBusy && asked ? <Loader size={12} aria-hidden /> : <IconSearch size={14} aria-hidden />}
      rightSection={
        typed.text && (
          <CloseButton
            size="sm"
            aria-label={t('cases.filters.clear_search')}
            onClick={() => {
              setTyped({ text: '', asked })
              ask('')
              field.current?.focus()
            }}
          />
        )
      }
      onChange={({ currentTarget }) => {
        setTyped({ text: currentTarget.value, asked })
        askSoon(currentTarget.value)
      }}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Enter') ask(currentTarget.value)
      }}
    />
  )
}
