import { Combobox, useCombobox } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useT } from '../i18n.ts'
import classes from './filter-chip.module.css'

export type FilterOption = { value: string; label: string; content?: ReactNode }
export type FilterGroup = { label?: string; options: FilterOption[] }

type Props = {
  label: string
  groups: FilterGroup[]
  selected: readonly string[]
  /** What is chosen, in few words; the labels of the chosen options when left out. */
  summary?: string[]
  onToggle: (value: string) => void
  onClear: () => void
  /** Its options are asked for when somebody wants to see them. */
  onOpen?: () => void
}

const manyOptions = 9

/** One filter of the bar: what it is, what is chosen, and a menu to choose from. */
export function FilterChip({ label, groups, selected, summary, onToggle, onClear, onOpen }: Props) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const all = groups.flatMap(({ options }) => options)
  const isLong = all.length > manyOptions
  const combobox = useCombobox({
    onDropdownOpen: () => {
      onOpen?.()
      combobox.updateSelectedOptionIndex('active')
      if (isLong) combobox.focusSearchInput()
    },
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setTyped('')
    },
  })
  const shown = summary ?? selected.map((value) => all.find((option) => option.value === value)?.label ?? value)
  return (
    <Combobox store={combobox} onOptionSubmit={onToggle} position="bottom-start" width={264} shadow="md">
      <div className={classes.chip} data-active={selected.length > 0 || undefined}>
        <Combobox.Target targetType="button" withExpandedAttribute>
          <button type="button" className={classes.open} aria-label={label} onClick={() => combobox.toggleDropdown()}>
            <ChipText label={label} shown={shown} />
          </button>
        </Combobox.Target>
        {selected.length > 0 && <ClearChip label={label} onClear={onClear} />}
      </div>
      <Combobox.Dropdown>
        {isLong && (
          <Combobox.Search
            value={typed}
            placeholder={t('cases.filters.find')}
            aria-label={t('cases.filters.find_in', { label })}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value)
              combobox.updateSelectedOptionIndex()
            }}
          />
        )}
        <Combobox.Options aria-label={label} aria-multiselectable className={classes.options}>
          <Options groups={matching(groups, typed)} selected={selected} />
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

export function ChipText({ label, shown }: { label: string; shown: readonly string[] }) {
  const t = useT()
  const [first, ...others] = shown
  return (
    <>
      <span className={classes.label}>{label}</span>
      {first !== undefined && (
        <span className={classes.value}>
          {others.length ? t('cases.filters.and_more', { first, more: others.length }) : first}
        </span>
      )}
    </>
  )
}

export function ClearChip({ label, onClear }: { label: string; onClear: () => void }) {
  const t = useT()
  return (
    <button
      type="button"
      className={classes.clear}
      aria-label={t('cases.filters.clear_one', { label })}
      onClick={onClear}
    >
      <IconX size={14} stroke={2} aria-hidden />
    </button>
  )
}

function Options({ groups, selected }: { groups: FilterGroup[]; selected: readonly string[] }) {
  const t = useT()
  if (groups.length === 0) return <Combobox.Empty>{t('cases.filters.nothing')}</Combobox.Empty>
  return groups.map(({ label, options }, i) => {
    const drawn = options.map((option) => {
      const isSelected = selected.includes(option.value)
      return (
        <Combobox.Option
          key={option.value}
          value={option.value}
          active={isSelected}
          selected={isSelected}
          className={classes.row!}
        >
          <span className={classes.option}>
            <span className={classes.check}>{isSelected && <IconCheck size={14} stroke={2.5} aria-hidden />}</span>
            {option.content ?? <span className={classes.text}>{option.label}</span>}
          </span>
        </Combobox.Option>
      )
    })
    return label ? (
      <Combobox.Group key={label} label={label}>
        {drawn}
      </Combobox.Group>
    ) : (
      <div key={i} role="presentation">
        {drawn}
      </div>
    )
  })
}

function matching(groups: FilterGroup[], typed: string): FilterGroup[] {
  const wanted = plain(typed.trim())
  if (!wanted) return groups.filter(({ options }) => options.length > 0)
  return groups.flatMap((group) => {
    const options = group.options.filter(({ label }) => plain(label).includes(wanted))
    return options.length ? [{ ...group, options }] : []
  })
}

const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase()
