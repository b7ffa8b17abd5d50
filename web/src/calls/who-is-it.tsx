import type { PopView } from '@clinicacrm/contract/pops.ts'
import { Button } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { useShortcut } from '../shortcuts.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { Problem } from '../ui/problem.tsx'
import classes from './cards.module.css'
import { Chooser } from './chooser.tsx'
import { FindCaller } from './find-caller.tsx'
import { useLinking } from './use-linking.ts'
import { useOpenCall } from './use-open-call.ts'

type Props = { pop: PopView; onDone: () => void; onBack?: () => void }

/** Finds out whose call it is: one of those with the number, somebody to be searched for, or nobody we know. */
export function WhoIsIt({ pop, onDone, onBack }: Props) {
  const t = useT()
  const { may } = useMe()
  const { call } = pop
  const [isSearching, setSearching] = useState(false)
  const { choose, chooseNobody, isBusy, problem } = useLinking(call)
  const { openNewCase } = useOpenCall()
  const others = pop.callers.filter(({ patient_id }) => patient_id !== call.patient_id)
  const mayOpen = may('cases:write')
  const isAsked = others.length > 0 && call.match !== 'none'
  const openNew = () => (call.patient_id || isAsked ? chooseNobody(onDone) : openNewCase(pop))
  const search = () => setSearching(true)
  useShortcut('n', openNew, { description: t('calls.keys.new_case'), scope: 'call', enabled: mayOpen })
  useShortcut('s', search, { description: t('calls.keys.search'), scope: 'call' })
  return (
    <>
      {others.length > 0 && !isSearching && (
        <Chooser
          callers={others}
          isBusy={isBusy}
          onChoose={({ patient_id, name }) => choose(patient_id, name, onDone)}
        />
      )}
      {isSearching && <FindCaller asksIdentity onChoose={(id, name) => choose(id, name, onDone)} />}
      <Problem>{problem}</Problem>
      <div className={classes.actions}>
        {mayOpen && (
          <Button
            size="xs"
            variant={isAsked || isSearching ? 'default' : 'filled'}
            rightSection={<KeyHint keys="n" />}
            aria-keyshortcuts="n"
            loading={isBusy}
            onClick={openNew}
          >
            {t(isAsked && !isSearching ? 'calls.chooser.nobody' : 'calls.actions.new_case')}
          </Button>
        )}
        {!isSearching && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconSearch size={14} aria-hidden />}
            rightSection={<KeyHint keys="s" />}
            aria-keyshortcuts="s"
            onClick={search}
          >
            {t('calls.actions.search')}
          </Button>
        )}
        {onBack && (
          <Button size="xs" variant="subtle" color="gray" className={classes.end ?? ''} onClick={onBack}>
            {t('calls.actions.back')}
          </Button>
        )}
      </div>
    </>
  )
}
