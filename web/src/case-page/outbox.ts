import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { ApiError } from '../api.ts'
import { useDraft } from '../drafts.ts'
import { newKey } from '../idempotency.ts'
import { useMe } from '../session.ts'

type Item<T> = { key: string; value: T }

/** `left`: from an earlier visit, when the page went away before the server answered. */
export type Unsent<T> = Item<T> & { state: 'sending' | 'failed' | 'left'; error: ApiError | null }

export type Outbox<T> = {
  items: Unsent<T>[]
  /** Resolves once the server has it, or with why it has not; what `isMine` it no longer keeps, the caller does. */
  put(value: T, isMine?: (error: ApiError) => boolean): Promise<ApiError | null>
  /** Once more, as it is or as somebody has changed it. */
  retry(key: string, value?: T): void
  drop(key: string): void
}

type Listeners = { onSent: () => Promise<unknown>; onFailed: (error: ApiError, isHere: boolean) => void }

/**
 * What was typed and is on its way to the server, one after another, in the order it was typed. It stays here, and in this
 * browser, until the server has it or somebody throws it away.
 */
export function useOutbox<T>(
  name: string,
  send: (value: T, key: string) => Promise<unknown>,
  { onSent, onFailed }: Listeners,
): Outbox<T> {
  const { shown, items, change, drop } = useKept<T>(name)
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const [flights, setFlights] = useState<Record<string, ApiError | 'sending'>>({})
  const isHere = useIsHere()

  const dispatch = ({ key, value }: Item<T>, isMine?: (error: ApiError) => boolean) => {
    setFlights((before) => ({ ...before, [key]: 'sending' }))
    const sent = queue.current.then(() => send(value, key))
    queue.current = sent.catch(() => undefined)
    return sent.then(
      async () => {
        // Shown until the page knows it from the server, so that nothing flickers back in between.
        await onSent()
        drop(key)
        return null
      },
      (error: ApiError) => {
        if (isMine?.(error)) drop(key)
        else {
          setFlights((before) => ({ ...before, [key]: error }))
          onFailed(error, isHere())
        }
        return error
      },
    )
  }

  useOnceSignedInAgain(() => {
    for (const item of items.current) if (isSignedOut(flights[item.key])) void dispatch(item)
  })

  return {
    items: shown.map((item) => ({ ...item, ...standing(flights[item.key]) })),
    put(value, isMine) {
      const item = { key: newKey(), value }
      change([...items.current, item])
      return dispatch(item, isMine)
    },
    retry(key, value) {
      const found = items.current.find((item) => item.key === key)
      if (!found) return
      const again = value === undefined ? found : { key, value }
      change(items.current.map((item) => (item.key === key ? again : item)))
      void dispatch(again)
    },
    drop,
  }
}

/** The items as they are drawn, and as they are this very moment. */
function useKept<T>(name: string) {
  const kept = useDraft<Item<T>[]>(name, [])
  const items = useRef(kept.value)
  const change = (next: Item<T>[]) => {
    items.current = next
    if (next.length) kept.set(next)
    else kept.clear()
  }
  return {
    shown: kept.value,
    items,
    change,
    drop: (key: string) => change(items.current.filter((one) => one.key !== key)),
  }
}

const isSignedOut = (flight: ApiError | 'sending' | undefined) =>
  typeof flight === 'object' && flight.code === 'unauthorized'

/** Whoever signs in again over the page goes on where they were. */
function useOnceSignedInAgain(goOn: () => void) {
  const session = useMe().ends_at
  const run = useEffectEvent(goOn)
  useEffect(() => run(), [session])
}

function standing(flight: ApiError | 'sending' | undefined): Pick<Unsent<unknown>, 'state' | 'error'> {
  if (flight === undefined) return { state: 'left', error: null }
  return flight === 'sending' ? { state: 'sending', error: null } : { state: 'failed', error: flight }
}

function useIsHere() {
  const here = useRef(true)
  useEffect(() => {
    here.current = true
    return () => void (here.current = false)
  }, [])
  return () => here.current
}
