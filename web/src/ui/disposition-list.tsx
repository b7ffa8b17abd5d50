import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { dispositionCodes } from '@clinicacrm/contract/lifecycle.ts'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useT } from '../i18n.ts'
import classes from './disposition-list.module.css'
import { dispositionIn } from './disposition-text.ts'

type Props = {
  value: string
  onChoose: (disposition: string) => void
  /** On the second Esc; the first takes the search away. */
  onEscape: () => void
  isMissing: boolean
  /** Not where nobody asked for it: a panel that opens by itself leaves the focus alone. */
  autoFocus?: boolean
}

/** What the call came to: type a few letters and Enter, or a figure; what no code says is taken as it is typed. */
export function DispositionList({ value, onChoose, onEscape, isMissing, autoFocus = true }: Props) {
  const t = useT()
  const [search, setSearch] = useState('')
  const combobox = useCombobox({ opened: true })
  const { selectFirstOption, resetSelectedOption } = combobox
  const found = dispositionCodes
    .map((code, i) => ({ code, label: dispositionIn(t, code), key: i < 9 ? String(i + 1) : null }))
    .filter(({ label }) => folded(label).includes(folded(search)))
  const ownWords = search.trim() && found.length === 0 ? search.trim() : null

  useEffect(() => {
    if (search) selectFirstOption()
    else resetSelectedOption()
  }, [search, selectFirstOption, resetSelectedOption])

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') return search ? setSearch('') : onEscape()
    const chosen = search === '' && !event.ctrlKey && !event.metaKey && found.find(({ key }) => key === event.key)
    if (!chosen) return
    event.preventDefault()
    onChoose(chosen.code)
  }
  return (
    <Combobox store={combobox} onOptionSubmit={onChoose}>
      <div>
        <Combobox.EventsTarget>
          <TextInput
            label={t('case.wrap_up.disposition')}
            placeholder={t('case.wrap_up.search')}
            description={value ? t('case.wrap_up.chosen', { disposition: dispositionIn(t, value) }) : undefined}
            error={isMissing && t('case.wrap_up.disposition_missing')}
            autoComplete="off"
            maxLength={500}
            autoFocus={autoFocus}
            data-autofocus={autoFocus || undefined}
            value={search}
            onChange={({ currentTarget }) => setSearch(currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        </Combobox.EventsTarget>
        <Combobox.Options className={classes.options} tabIndex={0} aria-label={t('case.wrap_up.disposition')}>
          {found.map(({ code, label, key }) => (
            <Combobox.Option key={code} value={code} active={code === value} className={classes.option}>
              <kbd className={classes.key} aria-hidden>
                {key}
              </kbd>
              {label}
            </Combobox.Option>
          ))}
          {ownWords && (
            <Combobox.Option value={ownWords} className={classes.option}>
              {t('case.wrap_up.own_words', { text: ownWords })}
            </Combobox.Option>
          )}
        </Combobox.Options>
      </div>
    </Combobox>
  )
}

const folded = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
