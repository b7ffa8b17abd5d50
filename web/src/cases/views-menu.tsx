import { deleteView, listViews, type SavedView, saveView } from '@clinicacrm/contract/case-lists.ts'
import { ActionIcon, Menu } from '@mantine/core'
import { IconChevronDown, IconDeviceFloppy, IconPencil, IconPlus, IconTrash, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { call } from '../api.ts'
import { useT } from '../i18n.ts'
import { refresh } from '../query.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { textOfError } from '../ui/error-text.ts'
import type { CasesSearch } from './cases-search.ts'
import { toast } from '../ui/toast.tsx'
import { useCases } from './use-cases.ts'
import { ViewDialog } from './view-dialog.tsx'
import { keptOf, searchOf } from './saved-view.ts'
import classes from '../ui/views.module.css'

type Props = { views: readonly SavedView[]; open: SavedView | null; isChanged: boolean }

/** All saved views, and what can be done with the one that is open. */
export function ViewsMenu({ views, open, isChanged }: Props) {
  const t = useT()
  const [dialog, setDialog] = useState<'new' | 'edit' | 'delete' | null>(null)
  const { show, search } = useCases()
  const own = open?.mine ? open : null
  const update = useUpdateView()
  return (
    <>
      <Menu position="bottom-start" width={260} withinPortal>
        <Menu.Target>
          <ActionIcon className={classes.menu} aria-label={t('cases.views.menu')} title={t('cases.views.menu')}>
            <IconChevronDown size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ViewItems label={t('cases.views.mine')} views={views.filter(({ mine }) => mine)} />
          <ViewItems label={t('cases.views.shared')} views={views.filter(({ mine }) => !mine)} />
          {views.length > 0 && <Menu.Divider />}
          {own && isChanged && (
            <Menu.Item leftSection={<IconDeviceFloppy size={16} />} onClick={() => void update(own, search)}>
              {t('cases.views.update', { name: own.name })}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => setDialog('new')}>
            {t('cases.views.save_as')}
          </Menu.Item>
          {own && (
            <>
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setDialog('edit')}>
                {t('cases.views.edit')}
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDialog('delete')}>
                {t('cases.views.delete')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'new' && <ViewDialog view={null} onClose={() => setDialog(null)} />}
      {dialog === 'edit' && own && <ViewDialog view={own} onClose={() => setDialog(null)} />}
      <ConfirmDialog
        opened={dialog === 'delete'}
        title={t('cases.views.delete_title', { name: own?.name ?? '' })}
        text={t(own?.shared ? 'cases.views.delete_text_shared' : 'cases.views.delete_text')}
        confirm={t('common.actions.delete')}
        isDangerous
        onClose={() => setDialog(null)}
        onConfirm={async () => {
          if (!own) return
          await call(deleteView, { params: { id: own.id } })
          show({ view: undefined }, true)
          await refresh(listViews)
        }}
      />
    </>
  )
}

function ViewItems({ label, views }: { label: string; views: readonly SavedView[] }) {
  const t = useT()
  const { search, open } = useOpenView()
  if (views.length === 0) return null
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {views.map((view) => (
        <Menu.Item
          key={view.id}
          onClick={() => open(view)}
          aria-current={view.id === search.view ? 'true' : undefined}
          rightSection={
            view.shared && view.mine && <IconUsers size={14} role="img" aria-label={t('cases.views.is_shared')} />
          }
        >
          <span className={classes.viewItem}>
            {view.mine ? view.name : t('cases.views.by', { name: view.name, owner: view.owner })}
          </span>
        </Menu.Item>
      ))}
    </>
  )
}

function useOpenView() {
  const { search, show } = useCases()
  return {
    search,
    open(view: SavedView) {
      const nothing = Object.fromEntries(Object.keys(search).map((name) => [name, undefined]))
      show({ ...nothing, ...searchOf(view) })
    },
  }
}

function useUpdateView() {
  const t = useT()
  return async (view: SavedView, search: CasesSearch) => {
    try {
      await call(saveView, { params: { id: view.id }, body: { ...keptOf(search), version: view.version } })
      toast({ text: t('cases.views.updated', { name: view.name }) })
    } catch (error) {
      toast({ text: textOfError(t, error), isTrouble: true })
    }
    await refresh(listViews)
  }
}
