import { signInToFrame } from '@clinicacrm/contract/frames.ts'
import { getSession } from '@clinicacrm/contract/session.ts'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { ApiError, call } from '../api.ts'
import { currentLocale } from '../i18n.ts'
import { preloaded } from '../preloaded.ts'
import { newSecret, type Secret, ticketIn } from './ticket.ts'

export type SignInTrouble = 'blocked' | 'void' | 'no_cookies' | ApiError
type State = { step: 'idle' | 'waiting' | 'entering'; trouble: SignInTrouble | null }

/**
 * Signs in by a window of our own, where the browser knows who sits here; this frame is told nothing of that, and gets a
 * session of its own for the ticket that the window brings.
 */
export function useFrameSignIn() {
  const [state, setState] = useState<State>({ step: 'idle', trouble: null })
  const [secret, renew] = useSecret()
  const opened = useRef<{ window: Window; secret: Secret } | null>(null)

  useMessages(async (event) => {
    const asked = opened.current
    const ticket = asked && ticketIn(event, { ...asked.secret, origin: location.origin, source: asked.window })
    if (!asked || !ticket) return
    opened.current = null
    setState({ step: 'entering', trouble: null })
    const trouble = await enter(ticket, asked.secret.verifier)
    if (trouble) setState({ step: 'idle', trouble })
    // A new document comes with session and data, and nothing stays in memory of whoever was here before.
    else location.reload()
  })

  function open() {
    if (!secret) return
    opened.current?.window.close()
    // Within the click: browsers open no window for what comes later.
    const popup = window.open(addressFor(secret), '_blank', 'popup,width=480,height=720')
    opened.current = popup && { window: popup, secret }
    setState(popup ? { step: 'waiting', trouble: null } : { step: 'idle', trouble: 'blocked' })
    renew()
  }
  return { ...state, isReady: secret !== null, open }
}

async function enter(ticket: string, verifier: string): Promise<SignInTrouble | null> {
  const { connector } = preloaded.frame!
  try {
    await call(signInToFrame, { body: { connector, ticket, verifier } })
  } catch (error) {
    return error instanceof ApiError && error.code !== 'link_expired' ? error : 'void'
  }
  try {
    await call(getSession, {})
    return null
  } catch (error) {
    return error instanceof ApiError && error.code !== 'unauthorized' ? error : 'no_cookies'
  }
}

function addressFor({ challenge, state }: Secret) {
  const asking = { connector: preloaded.frame!.connector, challenge, state }
  return `${preloaded.base_path}/${currentLocale()}/embed-sign-in?${new URLSearchParams(asking).toString()}`
}

/** Made ahead, as making it takes a moment and the window must open at the click; another one for each try. */
function useSecret(): [Secret | null, () => void] {
  const [secret, setSecret] = useState<Secret | null>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let isWanted = true
    void newSecret().then((made) => isWanted && setSecret(made))
    return () => {
      isWanted = false
    }
  }, [tries])
  return [secret, () => setTries((before) => before + 1)]
}

function useMessages(listener: (event: MessageEvent<unknown>) => Promise<void>) {
  const hear = useEffectEvent(listener)
  useEffect(() => {
    const listen = (event: MessageEvent<unknown>) => void hear(event)
    window.addEventListener('message', listen)
    return () => window.removeEventListener('message', listen)
  }, [])
}
