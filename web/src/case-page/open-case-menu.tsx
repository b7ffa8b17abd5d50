import { deleteCase } from '@clinicacrm/contract/cases.ts'
import { Menu } from '@mantine/core'
import { IconCopyPlus, IconLink, IconTrash, IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../api.ts'
import { fullName } from '../format.ts'
import { currentLocale, useT } from '../i18n.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { copyText } from '../ui/copy-text.ts'
import { useCase } from './case-context.ts'
import { CaseMenuButton } from './case-menu.tsx'
import { askAgain } from './edits.ts'

export function OpenCaseMenu() {
  const t = useT()
  const { page, mayWrite } = useCase()
  const { may } = useMe()
  const [isDeleting, setDeleting] = useState(false)
  const locale = currentLocale()
  const { patient } = page

  async function copyLink() {
    if (await copyText(location.href)) announce(t('common.copied', { text: location.href }))
  }
  return (
    <>
      <Menu position="bottom-end" defaultOpened>
        <Menu.Target>
          <CaseMenuButton />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={16} />} onClick={() => void copyLink()}>
            {t('case.menu.copy_link')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconUser size={16} />}
            renderRoot={(props) => <Link to="/$locale/patients/$id" params={{ locale, id: patient.id }} {...props} />}
          >
            {t('case.side.patient_page')}
          </Menu.Item>
          {mayWrite && (
            <Menu.Item
              leftSection={<IconCopyPlus size={16} />}
              renderRoot={(props) => (
                <Link to="/$locale/cases/new" params={{ locale }} search={{ patient_id: patient.id }} {...props} />
              )}
            >
              {t('case.menu.new_case')}
            </Menu.Item>
          )}
          {may('cases:delete') && (
            <>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>
                {t('case.menu.delete')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <DeleteDialog opened={isDeleting} onClose={() => setDeleting(false)} />
    </>
  )
}

function DeleteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT()
  const { id, page } = useCase()
  async function remove() {
    try {
      await call(deleteCase, { params: { id }, query: { version: page.case.version } })
      announce(t('case.delete.done'))
    } finally {
      await askAgain()
    }
  }
  return (
    <ConfirmDialog
      opened={opened}
      title={t('case.delete.title', { id })}
      text={t('case.delete.text', { name: fullName(page.case) })}
      confirm={t('case.delete.confirm')}
      isDangerous
      onConfirm={remove}
      onClose={onClose}
    />
  )
}
