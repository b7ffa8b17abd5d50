import type { Connector, ConnectorRequest, Errand } from '@clinicacrm/connectors/connector.ts'
import { eq } from 'drizzle-orm'
import type { Disclosures } from '../audit/disclosures.ts'
import type { Db } from '../db/client.ts'
import { calls, patients } from '../db/schema.ts'
import type { Events } from '../events.ts'
import type { Outgoing } from '../http/outgoing.ts'
import { nameOf } from '../patients/patients.ts'
import type { Source, Taken } from './intake.ts'

export type ErrandHouse = { db: Db; disclosures: Disclosures; events: Events; outgoing: Outgoing }
type Asked = { connector: Connector; source: Source; url: string; request: ConnectorRequest; taken: Taken }

const patienceMs = 3_000

/**
 * Does what a connector wants done at its platform, such as a card on the agent's telephone. Nobody waits for it: the platform
 * has its answer. What fails is said beside the connection; there is no second try, as a call does not wait either.
 */
export function runErrands(house: ErrandHouse, asked: Asked): void {
  if (asked.source.isSandbox || errandsOf(asked, {}).length === 0) return
  void run(house, asked).catch(house.events.databaseFailed)
}

async function run(house: ErrandHouse, asked: Asked): Promise<void> {
  const errands = errandsOf(asked, await namesOf(house, asked))
  const failed = await Promise.all(errands.map((errand) => whyItFailed(house.outgoing, errand)))
  const why = failed.find((one) => one !== null)
  if (why) await asked.source.count({ count: 0, error: `The platform could not be told who calls: ${why}.` })
}

function errandsOf({ connector, source, request, url, taken }: Asked, names: Record<string, string>): Errand[] {
  const { replies, problems } = taken
  return connector.events!.errands(request, source.settings, { replies, problems, url, names })
}

/** Only asked for where something will be told; a name that leaves is in the trace. */
async function namesOf({ db, disclosures }: ErrandHouse, { source, taken }: Asked): Promise<Record<string, string>> {
  const names: Record<string, string> = {}
  for (const { id } of taken.replies) {
    const [person] = await db
      .select({
        patient_id: patients.id,
        first_name: patients.first_name,
        last_name: patients.last_name,
        case_id: calls.case_id,
        provider: calls.provider,
        conversation_id: calls.call_id,
      })
      .from(calls)
      .innerJoin(patients, eq(patients.id, calls.patient_id))
      .where(eq(calls.id, id))
    if (!person) continue
    const { patient_id, case_id, provider, conversation_id } = person
    const profile = 'greeting' as const
    disclosures.record({
      actor: source.actor,
      action: 'lookup',
      patient_id,
      case_id,
      provider,
      conversation_id,
      profile,
    })
    names[id] = nameOf(person)
  }
  return names
}

async function whyItFailed(outgoing: Outgoing, errand: Errand): Promise<string | null> {
  try {
    const { status } = await outgoing.send({ ...errand, timeoutMs: patienceMs, maxBytes: 1024 })
    return status >= 200 && status < 300 ? null : `HTTP ${status}`
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown'
  }
}
