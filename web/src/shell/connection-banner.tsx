import { health } from '@clinicacrm/contract/health.ts'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { call } from '../api.ts'
import { useServerAnswers } from '../connection.ts'
import { useT } from '../i18n.ts'
import { queryClient } from '../query.ts'
import { announce } from '../ui/announce.tsx'
import classes from './connection-banner.module.css'

const againAfterMs = 5_000

/** Says when the server does not answer, asks until it does, and then brings what is shown up to date. */
export function ConnectionBanner() {
  const t = useT()
  const answers = useServerAnswers()
  const wasGone = useRef(false)

  useEffect(() => {
    if (answers) {
      if (wasGone.current) {
        announce(t('shell.back_online'))
        void queryClient.invalidateQueries()
      }
      wasGone.current = false
      return
    }
    wasGone.current = true
    const timer = setInterval(() => void call(health, {}).catch(() => undefined), againAfterMs)
    return () => clearInterval(timer)
  }, [answers, t])

  if (answers) return null
  return (
    <div className={classes.banner} role="alert">
      <IconPlugConnectedX size={18} aria-hidden className={classes.icon} />
      <span>
        <strong>{t('shell.offline.title')}</strong> {t('shell.offline.text')}
      </span>
    </div>
  )
}
