import { setTimeout as sleep } from 'node:timers/promises'
import { type LiveEvent, livePath } from '@clinicacrm/contract/desk.ts'
import type { Agent } from './pop-house.ts'

export type Heard = { event: LiveEvent; event_id: string }

/** An agent's open page, as far as the server sees it: one stream, which comes back and says what it heard last. */
export type PopStream = {
  agent: Agent
  url: string
  isOpen(): boolean
  /** Resolves when it is open. */
  opened: Promise<void>
  close(): Promise<void>
}

const comesBackMs = 500

export function openStream(url: string, agent: Agent, hear: (heard: Heard) => void): PopStream {
  const leaving = new AbortController()
  const state = { lastId: '', isOpen: false }
  const first = Promise.withResolvers<void>()
  const done = keepListening()

  async function keepListening() {
    while (!leaving.signal.aborted) {
      await listenOnce().catch(() => undefined)
      state.isOpen = false
      await sleep(comesBackMs, undefined, { signal: leaving.signal }).catch(() => undefined)
    }
  }

  async function listenOnce() {
    const headers = { cookie: agent.cookie, ...(state.lastId && { 'last-event-id': state.lastId }) }
    const response = await fetch(url + livePath, { headers, signal: leaving.signal })
    if (response.status !== 200) return response.body?.cancel()
    const decoder = new TextDecoder()
    let unread = ''
    for await (const chunk of response.body!) {
      const frames = (unread + decoder.decode(chunk, { stream: true })).split('\n\n')
      unread = frames.pop()!
      for (const frame of frames) read(frame)
    }
  }

  function read(frame: string) {
    const id = /^id: (.*)$/m.exec(frame)?.[1]
    if (id !== undefined) {
      state.lastId = id
      state.isOpen = true
      first.resolve()
    }
    const data = /^data: (.*)$/m.exec(frame)?.[1]
    if (data) hear({ event: JSON.parse(data) as LiveEvent, event_id: id ?? '' })
  }

  return {
    agent,
    url,
    isOpen: () => state.isOpen,
    opened: first.promise,
    async close() {
      leaving.abort()
      await done
    },
  }
}

/** Opens one for each agent, a few at a time, and closes them with `stack`. */
export async function openStreams(
  stack: AsyncDisposableStack,
  url: string,
  agents: readonly Agent[],
  hear: (agent: Agent, heard: Heard) => void = () => undefined,
): Promise<PopStream[]> {
  const open: PopStream[] = []
  stack.defer(async () => void (await Promise.all(open.map((stream) => stream.close()))))
  const together = 20
  for (let n = 0; n < agents.length; n += together) {
    const batch = agents.slice(n, n + together).map((agent) => openStream(url, agent, (heard) => hear(agent, heard)))
    open.push(...batch)
    await Promise.all(batch.map(({ opened }) => opened))
  }
  return open
}

/** Asks as the agent's page does, again while nobody answers or the server is busy; null when it is refused. */
export async function askAs<T>(url: string, agent: Agent, path: string, body?: object): Promise<T | null> {
  for (let tries = 1; ; tries++) {
    const answer = await askOnce<T>(url, agent, path, body)
    if (answer !== 'busy' || tries === 30) return answer === 'busy' ? null : answer
    await sleep(300)
  }
}

async function askOnce<T>(url: string, agent: Agent, path: string, body?: object): Promise<T | null | 'busy'> {
  try {
    const response = await fetch(url + path, {
      headers: { cookie: agent.cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    })
    const text = await response.text()
    if (response.status === 503) return 'busy'
    return response.ok ? (JSON.parse(text) as T) : null
  } catch {
    return 'busy'
  }
}
