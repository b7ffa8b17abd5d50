import { type inviteUser, listUsers } from '@clinicacrm/contract/users.ts'
import { useState } from 'react'
import type { ReplyOf } from '../api.ts'
import { useT } from '../i18n.ts'
import { refresh } from '../query.ts'
import { InvitationSent } from './invitation-sent.tsx'
import { InviteForm } from './invite-form.tsx'
import { Panel } from './panel.tsx'

type Sent = ReplyOf<typeof inviteUser>

export function InvitePanel({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useT()
  const [sent, setSent] = useState<Sent | null>(null)

  function close() {
    setSent(null)
    onClose()
  }
  function show(next: Sent) {
    setSent(next)
    void refresh(listUsers)
  }
  return (
    <Panel opened={opened} title={t('settings.invite.title')} onClose={close}>
      {sent ? (
        <InvitationSent sent={sent} onDone={close} onAnother={() => setSent(null)} />
      ) : (
        <InviteForm onSent={show} onCancel={close} />
      )}
    </Panel>
  )
}
