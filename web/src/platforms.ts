import { type CallEventReply, type OwnCallEvent, reportMyCall } from '@clinicacrm/contract/calls.ts'
import { useSyncExternalStore } from 'react'
import type { Attach, PageHost } from '../../connectors/src/panel.ts'
import { ApiError, call } from './api.ts'
import { satDown } from './at-the-desk.ts'
import { onDial } from './dial.ts'
import { currentLocale } from './i18n.ts'
import { onCardShown } from './shown-cards.ts'

type Platform = { attach: Attach }

/** Each connector's own code is a file of its own, fetched where its platform is: a new connector touches its folder only. */
const kinds = {
  panel: import.meta.glob<Platform>('../../connectors/src/*/panel.ts'),
  softphone: import.meta.glob<Platform>('../../connectors/src/*/softphone.ts'),
}

type Problem = Parameters<PageHost['complain']>[0]
type State = {
  /** `none`: there is nothing of this platform's to run here. */
  step: 'unused' | 'none' | 'loading' | 'attached' | 'failed'
  problem: Problem
  /** Where a call leads that no open page was told of. */
  unseen: string | null
}

let state: State = { step: 'unused', problem: null, unseen: null }
const watchers = new Set<() => void>()

/** How this page and its platform get on. */
export const usePlatform = (): State => useSyncExternalStore(watch, () => state)

function watch(watcher: () => void) {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

function change(changes: Partial<State>) {
  state = { ...state, ...changes }
  for (const watcher of watchers) watcher()
}

export const forgetUnseen = (): void => change({ unseen: null })

type Connected = { connector: string; settings: Readonly<Record<string, unknown>> }

/** Once in the life of a page: a platform's library cannot be taken off again. */
export async function attach(
  kind: keyof typeof kinds,
  { connector, settings }: Connected,
  container: HTMLElement | null,
): Promise<void> {
  if (state.step !== 'unused') return
  const load = kinds[kind][`../../connectors/src/${connector}/${kind}.ts`]
  change({ step: load ? 'loading' : 'none' })
  if (load) onCardShown(() => change({ unseen: null }))
  try {
    const platform = await load?.()
    await platform?.attach(hostOf(settings, container))
    if (platform) change({ step: 'attached' })
  } catch (error) {
    change({ step: 'failed' })
    throw error
  }
}

const hostOf = (settings: Connected['settings'], container: HTMLElement | null): PageHost => ({
  address: new URL(location.href),
  language: currentLocale(),
  settings,
  container,
  report,
  onShown: onCardShown,
  onDial,
  complain: (problem) => change({ problem }),
})

let reported: Promise<unknown> = Promise.resolve()

/** One after the other: a call that ended must not be heard of before it rang. */
function report(event: OwnCallEvent): Promise<CallEventReply> {
  // Whoever takes a call sits here, also where they touch the platform's own buttons only.
  if (event.event === 'answered') satDown()
  const reporting = reported.then(() => told(event))
  reported = reporting.catch(() => undefined)
  return reporting
}

const pausesMs = [500, 1_500, 4_000]

async function told(event: OwnCallEvent, [pause, ...pauses] = pausesMs): Promise<CallEventReply> {
  try {
    const reply = await call(reportMyCall, { body: event })
    if (event.event === 'ringing' && !reply.delivered) change({ unseen: reply.screen_pop_url })
    if (reply.delivered || reply.state === 'ended') change({ unseen: null })
    return reply
  } catch (error) {
    if (pause === undefined || !passes(error)) throw error
    await new Promise((resolve) => setTimeout(resolve, pause))
    return told(event, pauses)
  }
}

/** The server was away or busy: saying it again does no harm. */
const passes = (error: unknown) => error instanceof ApiError && [0, 429, 500, 502, 503, 504].includes(error.status)
