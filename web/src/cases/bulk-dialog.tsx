import { type BulkBody, changeManyCases, previewBulk, undoBulk } from '@clinicacrm/contract/case-lists.ts'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useMemo, useState } from 'react'
import { call } from '../api.ts'
import { formatNumber } from '../format.ts'
import { useT } from '../i18n.ts'
import { newKey, onceAs } from '../idempotency.ts'
import { queryOf } from '../query.ts'
import { textOfError } from '../ui/error-text.ts'
import type { BulkChange, BulkKind } from './bulk-change.ts'
import { BulkFields } from './bulk-fields.tsx'
import { BulkPreview } from './bulk-preview.tsx'
import { refreshCases } from './fresh-cases.ts'
import { toast } from '../ui/toast.tsx'
import { useCases } from './use-cases.ts'
import type { Selection } from './use-selection.ts'

type Props = { kind: BulkKind; selection: Selection; onClose: () => void }

/** A change of many cases: what it is, what it would do to whom, and then doing it. */
export function BulkDialog({ kind, selection, onClose }: Props) {
  const t = useT()
  const { filters } = useCases()
  const [change, setChange] = useState<BulkChange>({})
  const isComplete = change[kind] !== undefined
  const which = useMemo(
    () => (selection.isAll ? { filter: filters as NonNullable<BulkBody['filter']> } : { ids: [...selection.ids] }),
    [selection.isAll, selection.ids, filters],
  )
  const body: BulkBody = useMemo(() => ({ ...which, change }), [which, change])
  const [asked] = useDebouncedValue(body, 250)
  const preview = useQuery({
    ...queryOf(previewBulk, { body: asked }),
    enabled: asked.change[kind] !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  const isCurrent = asked === body && !preview.isFetching && preview.isSuccess
  const apply = useApply(() => {
    selection.clear()
    onClose()
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (isCurrent && preview.data.changes > 0) apply.mutate(body)
  }
  const changes = preview.data?.changes ?? 0
  return (
    <Modal opened onClose={onClose} title={t(`cases.bulk.titles.${kind}`)} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <BulkFields kind={kind} change={change} onChange={setChange} />
          {isComplete && <BulkPreview preview={preview} change={change} isCurrent={isCurrent} />}
          {apply.isError && (
            <Text size="sm" c="red" role="alert">
              {textOfError(t, apply.error)}
            </Text>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common.actions.cancel')}
            </Button>
            <Button type="submit" disabled={!isComplete || !isCurrent || changes === 0} loading={apply.isPending}>
              {isCurrent && changes > 0
                ? t('cases.bulk.apply', { count: changes, shown: formatNumber(changes) })
                : t('cases.bulk.apply_none')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function useApply(onDone: () => void) {
  const t = useT()
  // One key for one body: pressing again after a lost answer changes nothing twice.
  const [keys] = useState(() => new WeakMap<BulkBody, string>())
  const keyOf = (body: BulkBody) => {
    const key = keys.get(body) ?? newKey()
    keys.set(body, key)
    return key
  }
  const undo = useUndo()
  return useMutation({
    mutationFn: (body: BulkBody) => call(changeManyCases, { body }, onceAs(keyOf(body))),
    onSuccess: async ({ id, changed, refused }) => {
      const counts = { count: changed, shown: formatNumber(changed) }
      const text = refused.length
        ? t('cases.bulk.done_refused', { ...counts, refused: formatNumber(refused.length) })
        : t('cases.bulk.done', counts)
      toast({ text, ...(id && { action: { label: t('common.actions.undo'), run: () => undo.mutate(id) } }) })
      onDone()
      await refreshCases()
    },
  })
}

function useUndo() {
  const t = useT()
  return useMutation({
    mutationFn: (id: string) => call(undoBulk, { params: { id } }),
    onSuccess: async ({ restored, skipped }) => {
      const counts = { count: restored, shown: formatNumber(restored) }
      const text = skipped.length
        ? t('cases.bulk.undone_skipped', { ...counts, skipped: formatNumber(skipped.length) })
        : t('cases.bulk.undone', counts)
      toast({ text })
      await refreshCases()
    },
    onError: (error) => toast({ text: textOfError(t, error), isTrouble: true }),
  })
}
