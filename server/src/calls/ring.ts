import { setTimeout as sleep } from 'node:timers/promises'
import type { CallEventReply } from '@clinicacrm/contract/calls.ts'
import type { RingScenario } from '@clinicacrm/contract/ring.ts'
import { and, eq } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { callers, colleagueOf, numberOfRome, type Step, stepsOf } from '../call-scenarios.ts'
import type { Config } from '../config.ts'
import type { Db } from '../db/client.ts'
import { calls, users } from '../db/schema.ts'
import type { Events } from '../events.ts'
import type { Person } from '../http/caller.ts'
import type { Lookup } from '../lookup/lookup.ts'
import { system } from '../work.ts'
import type { Deliveries } from './deliveries.ts'
import { saveDraft } from './drafts.ts'
import { recordCall } from './record.ts'

export type RingHouse = { db: Db; config: Config; lookup: Lookup; deliveries: Deliveries; events: Events }
type Call = { call_id: string; from: string }

const provider = 'demo'

/** The telephone system of the demo: it lets calls ring at whoever asks, and goes on as people would. */
export function createRinger(house: RingHouse) {
  /** One call for each person: who lets another one ring hangs up the one before. */
  const lasting = new Map<string, { hangUp: AbortController; over: Promise<unknown> }>()
  let count = 0

  async function ring({ id, email }: Pick<Person, 'id' | 'email'>, scenario: RingScenario) {
    lasting.get(id)?.hangUp.abort()
    const hangUp = new AbortController()
    // A transfer is one that reaches them: a colleague speaks first.
    const first = scenario === 'transfer' ? colleagueOf(email) : email
    const [rings, ...rest] = stepsOf(scenario, first, email)
    const call = { call_id: `ring-${Date.now().toString(36)}-${++count}`, from: callers[scenario] }
    const { id: callId, delivered } = await happen(call, rings!)
    const over = goOn(call, rest, hangUp.signal).catch(house.events.databaseFailed)
    lasting.set(id, { hangUp, over })
    return { id: callId, from: call.from, delivered }
  }

  async function goOn(call: Call, steps: Step[], signal: AbortSignal): Promise<void> {
    for (const step of steps) {
      const hungUp = await sleep(step.after * 1_000, false, { signal, ref: false }).catch(() => true)
      if (await isOver(house.db, call)) return
      const { id } = await happen(call, hungUp ? { event: 'ended', after: 0 } : step)
      if (hungUp) return
      if (step.note && step.agent) await write(house.db, id, { agent: step.agent, note: step.note })
    }
  }

  function happen({ call_id, from }: Call, { event, agent }: Step): Promise<CallEventReply> {
    const said = { provider, call_id, event, from, to: numberOfRome, ...(agent && { agent }) }
    return recordCall({ ...house, by: system }, said)
  }

  return {
    async ring(person: Person, scenario: RingScenario) {
      if (house.config.mode === 'demo') return ring(person, scenario)
      throw new AppError('not_found', 'There is nothing at this address. The API is described at /api/docs.')
    },
    /** Hangs up every call. */
    async close() {
      for (const { hangUp } of lasting.values()) hangUp.abort()
      await Promise.all([...lasting.values()].map(({ over }) => over))
    },
  }
}

/** Somebody else told that it ended. */
async function isOver(db: Db, { call_id }: Call): Promise<boolean> {
  const isIt = and(eq(calls.provider, provider), eq(calls.call_id, call_id))
  return (await db.$count(calls, and(isIt, eq(calls.state, 'ended')))) > 0
}

/** What a colleague notes while they speak. */
async function write(db: Db, callId: string, { agent, note }: { agent: string; note: string }) {
  const [person] = await db.select({ id: users.id, name: users.name }).from(users).where(eq(users.email, agent))
  if (!person) return
  const by = { ...system, ...person, kind: 'user' as const, actor: `user:${person.id}` }
  await saveDraft({ db, by }, callId, { note })
}
