import { functionsUrl } from './settings'

type Task = {
  sid: string
  attributes: Readonly<Record<string, unknown>>
  setAttributes(attributes: object): Promise<unknown>
}
/** Of what the Function answers, all that a task may keep: a name or a treatment has no place at Twilio. */
type Crm = { case_id?: string; url: string }

/** Longer than the Function waits for ClínicaCRM, shorter than a call rings. */
const patienceMs = 5_000

/** Writes into the task which case it is about. Whatever goes wrong, the task stays as it was, and the call goes on. */
export async function enrich(task: Task, token: string): Promise<void> {
  if (functionsUrl === '' || token === '' || isEnriched(task)) return
  const crm = await lookUp(task, token)
  // As they are by now: others write attributes too, and what is set replaces all of them.
  if (!isEnriched(task)) await task.setAttributes({ ...task.attributes, crm })
}

function isEnriched({ attributes: { crm } }: Task): boolean {
  return typeof crm === 'object' && crm !== null && 'url' in crm && typeof crm.url === 'string' && crm.url !== ''
}

async function lookUp(task: Task, token: string): Promise<Crm> {
  const { direction, from, caller, called, outbound_to, call_sid } = task.attributes
  const asked =
    direction === 'outbound'
      ? { phone: outbound_to, called: from, call_id: task.sid }
      : { phone: from ?? caller, called, call_id: call_sid ?? task.sid }
  const filled = Object.entries(asked).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
  // A form needs no leave to cross origins beforehand.
  const body = new URLSearchParams([['Token', token], ...filled])
  const response = await fetch(`${functionsUrl}/clinica-lookup`, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(patienceMs),
  })
  if (!response.ok) throw new Error(`The Function clinica-lookup answered ${response.status}.`)
  const { case_id, url } = (await response.json()) as Partial<Record<string, unknown>>
  if (typeof url !== 'string' || url === '') throw new Error('The Function clinica-lookup answered no address.')
  return { ...(typeof case_id === 'string' && case_id !== '' && { case_id }), url }
}
