import { renewRecoveryCodes, stopSecondFactor } from '@clinicacrm/contract/profile.ts'
import { getSession } from '@clinicacrm/contract/session.ts'
import { Button, Group, Modal } from '@mantine/core'
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useT } from '../i18n.ts'
import { refresh, useCall } from '../query.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { AskPassword } from './ask-password.tsx'
import { Fieldset } from './fieldset.tsx'
import { Mark } from './mark.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

const TurnOn = lazy(() => import('./turn-on-second-factor.tsx').then(({ TurnOn }) => ({ default: TurnOn })))

/** `round` begins anew what was left half done; `isLocked` while codes are shown that are shown once. */
type Dialog = { what: 'start' | 'renew' | 'stop'; isOpen: boolean; isLocked: boolean; round: number }

/** Whether a code is asked for beside the password, and the ways to change that. */
export function SecondFactor() {
  const t = useT()
  const { user } = useMe()
  const [dialog, setDialog] = useState<Dialog>({ what: 'start', isOpen: false, isLocked: false, round: 0 })
  const open = (what: Dialog['what']) =>
    setDialog(({ round }) => ({ what, isOpen: true, isLocked: false, round: round + 1 }))
  const steps = {
    onClose: () => setDialog((last) => ({ ...last, isOpen: false })),
    onCodes: () => setDialog((last) => ({ ...last, isLocked: true })),
  }
  const { what, isOpen, isLocked, round } = dialog
  return (
    <Fieldset
      title={t('settings.second_factor.title')}
      text={t('settings.second_factor.text')}
      actions={<OnOrOff isOn={user.two_factor_enabled} />}
    >
      <Group gap="sm">
        {user.two_factor_enabled ? (
          <>
            <Button variant="default" onClick={() => open('renew')}>
              {t('settings.second_factor.renew')}
            </Button>
            <Button variant="default" onClick={() => open('stop')}>
              {t('settings.second_factor.stop')}
            </Button>
          </>
        ) : (
          <Button onClick={() => open('start')}>{t('settings.second_factor.start')}</Button>
        )}
      </Group>
      <Modal
        opened={isOpen}
        onClose={steps.onClose}
        title={isLocked ? t('settings.recovery.title') : t(`settings.second_factor.${what}_title`)}
        closeOnClickOutside={!isLocked}
        closeOnEscape={!isLocked}
      >
        <Suspense key={round}>
          {what === 'start' && <TurnOn {...steps} />}
          {what === 'renew' && <Renew {...steps} />}
          {what === 'stop' && <TurnOff {...steps} />}
        </Suspense>
      </Modal>
    </Fieldset>
  )
}

function OnOrOff({ isOn }: { isOn: boolean }) {
  const t = useT()
  return (
    <Mark icon={isOn ? IconShieldCheck : IconShieldOff} colour={isOn ? 'green' : 'gray'}>
      {isOn ? t('settings.second_factor.on') : t('settings.second_factor.off')}
    </Mark>
  )
}

export type Steps = { onClose: () => void; onCodes: () => void }

function Renew({ onClose, onCodes }: Steps) {
  const t = useT()
  const renewing = useCall(renewRecoveryCodes)
  if (renewing.data) return <RecoveryCodes codes={renewing.data.recovery_codes} onDone={onClose} />
  return (
    <AskPassword
      text={t('settings.second_factor.renew_text')}
      confirm={t('settings.second_factor.renew_confirm')}
      error={renewing.error}
      isBusy={renewing.isPending}
      onPassword={(password) => renewing.mutate({ body: { password } }, { onSuccess: onCodes })}
      onCancel={onClose}
    />
  )
}

function TurnOff({ onClose }: Steps) {
  const t = useT()
  const stopping = useCall(stopSecondFactor)

  function stopped() {
    announce(t('settings.second_factor.stopped'))
    void refresh(getSession)
    onClose()
  }
  return (
    <AskPassword
      text={t('settings.second_factor.stop_text')}
      confirm={t('settings.second_factor.stop_confirm')}
      isDangerous
      error={stopping.error}
      isBusy={stopping.isPending}
      onPassword={(password) => stopping.mutate({ body: { password } }, { onSuccess: stopped })}
      onCancel={onClose}
    />
  )
}
