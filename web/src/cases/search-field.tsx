import { CloseButton, Loader, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useT } from '../i18n.ts'
import { useShortcut } from '../shortcuts.ts'
import classes from './filter-bar.module.css'
import { useCases } from './use-cases.ts'

const pauseMs = 180

/** Searches as one types, after a breath; the answer to what was typed before is not waited for. */
export function SearchField({ isBusy }: { isBusy: boolean }) {
  const t = useT()
  const { search, show } = useCases()
  const field = useRef<HTMLInputElement>(null)
  const asked = search.search ?? ''
  const [typed, setTyped] = useState({ text: asked, asked })
  // The address changed by itself: a view was opened, or somebody went back.
  if (typed.asked !== asked) setTyped({ text: typed.text.trim() === asked ? typed.text : asked, asked })
  useShortcut('/', () => field.current?.focus(), { description: t('cases.keys.search') })

  const ask = (text: string) => {
    const next = text.trim() || undefined
    // A search being typed is one step of the history, not one for each letter.
    if (next !== search.search) show({ search: next }, search.search !== undefined)
  }
  const askSoon = useDebouncedCallback(ask, pauseMs)
  return (
    <TextInput
      ref={field}
      type="search"
      size="xs"
      className={classes.search}
      aria-label={t('cases.filters.search')}
      placeholder={t('cases.filters.search_placeholder')}
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
