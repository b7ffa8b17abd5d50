import { createView, listViews, type SavedView, saveView } from '@clinicacrm/contract/case-lists.ts'
import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { call } from '../api.ts'
import { useT } from '../i18n.ts'
import { refresh } from '../query.ts'
import { useMe } from '../session.ts'
import { textOfError } from '../ui/error-text.ts'
import { keptOf } from './saved-view.ts'
import { toast } from '../ui/toast.tsx'
import { useCases } from './use-cases.ts'

/** Names what is shown now, to come back to it; or renames and shares what was named before. */
export function ViewDialog({ view, onClose }: { view: SavedView | null; onClose: () => void }) {
  const t = useT()
  const { may } = useMe()
  const [name, setName] = useState(view?.name ?? '')
  const [isShared, setShared] = useState(view?.shared ?? false)
  const saving = useSaving(view, onClose)

  function submit(event: FormEvent) {
    event.preventDefault()
    void saving.save({ name: name.trim(), shared: isShared })
  }
  return (
    <Modal opened onClose={onClose} title={t(view ? 'cases.views.edit_title' : 'cases.views.new_title')} size="sm">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {!view && (
            <Text size="sm" c="dimmed">
              {t('cases.views.new_text')}
            </Text>
          )}
          <TextInput
            label={t('cases.views.name')}
            maxLength={100}
            data-autofocus
            error={saving.problem}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          {(may('views:share') || isShared) && (
            <Checkbox
              label={t('cases.views.share')}
              description={t('cases.views.share_hint')}
              checked={isShared}
              onChange={({ currentTarget }) => setShared(currentTarget.checked)}
            />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common.actions.cancel')}
            </Button>
            <Button type="submit" loading={saving.isBusy}>
              {t('common.actions.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function useSaving(view: SavedView | null, onDone: () => void) {
  const t = useT()
  const { search, show } = useCases()
  const [state, setState] = useState<{ isBusy: boolean; problem: string | null }>({ isBusy: false, problem: null })

  async function save(named: { name: string; shared: boolean }) {
    if (!named.name) return setState({ isBusy: false, problem: t('cases.views.name_required') })
    setState({ isBusy: true, problem: null })
    try {
      if (view) await call(saveView, { params: { id: view.id }, body: { ...named, version: view.version } })
      else {
        const made = await call(createView, { body: { ...named, ...keptOf(search) } })
        show({ view: made.id }, true)
      }
      await refresh(listViews)
      toast({ text: t('cases.views.saved', { name: named.name }) })
      onDone()
    } catch (error) {
      setState({ isBusy: false, problem: textOfError(t, error) })
    }
  }
  return { ...state, save }
}
