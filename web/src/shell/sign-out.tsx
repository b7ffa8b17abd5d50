import { useT } from '../i18n.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { SignOut } from './use-sign-out.ts'

/** Asks who leaves with something typed and not saved. */
export function SignOutDialog({ signOut }: { signOut: SignOut }) {
  const t = useT()
  return (
    <ConfirmDialog
      opened={signOut.isAsking}
      title={t('shell.drafts.title')}
      text={t('shell.drafts.text', { count: signOut.drafts })}
      confirm={t('shell.menu.sign_out')}
      isDangerous
      onConfirm={signOut.go}
      onClose={signOut.stay}
    />
  )
}
