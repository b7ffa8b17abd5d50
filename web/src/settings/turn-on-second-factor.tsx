import { confirmSecondFactor, startSecondFactor } from '@clinicacrm/contract/profile.ts'
import { getSession } from '@clinicacrm/contract/session.ts'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { AskPassword } from './ask-password.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { ScanCode } from './scan-code.tsx'
import type { Steps } from './second-factor.tsx'

/** Password, QR code, first code, recovery codes: in that order, and only then it is on. */
export function TurnOn({ onClose, onCodes }: Steps) {
  const t = useT()
  const starting = useCall(startSecondFactor)
  const confirming = useCall(confirmSecondFactor)
  const made = starting.data

  function confirmed() {
    onCodes()
    void refresh(getSession)
  }
  if (!made) {
    return (
      <AskPassword
        text={t('settings.second_factor.start_text')}
        confirm={t('settings.second_factor.next')}
        error={starting.error}
        isBusy={starting.isPending}
        onPassword={(password) => starting.mutate({ body: { password } })}
        onCancel={onClose}
      />
    )
  }
  if (confirming.isSuccess) return <RecoveryCodes codes={made.recovery_codes} onDone={onClose} />
  return (
    <ScanCode
      uri={made.totp_uri}
      secret={made.secret}
      error={confirming.error}
      isBusy={confirming.isPending}
      onCode={(code) => confirming.mutate({ body: { code } }, { onSuccess: confirmed })}
      onCancel={onClose}
    />
  )
}
