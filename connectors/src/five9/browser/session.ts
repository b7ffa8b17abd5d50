import type { Found } from './found.ts'

/** Asks the CRM in the session that this page has. The page is `/<language>/phone/five9`, under whatever path it is served. */
async function ask<T>(page: URL, method: 'GET' | 'PUT', path: string, body?: unknown): Promise<T> {
  const headers = { accept: 'application/json', 'content-type': 'application/json', 'x-clinicacrm': '1' }
  const response = await fetch(new URL(`../../api/${path}`, page), {
    method,
    headers,
    signal: AbortSignal.timeout(patienceMs),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path.split('?')[0]}: ${response.status}`)
  return (await response.json()) as T
}

const patienceMs = 5_000

/** Whose number it is, as this agent may see it. */
export const find = (page: URL, phone: string): Promise<Found> =>
  ask(page, 'GET', `pops/resolve?${new URLSearchParams({ phone }).toString()}`)

type Kept = { draft: { note?: string } | null }

/** What the agent wrote in Five9 joins what is being written about the call; nothing of that is lost, nothing said twice. */
export async function keepNote(page: URL, callId: string, note: string): Promise<void> {
  const path = `calls/${callId}/draft`
  const { draft } = await ask<Kept>(page, 'GET', path)
  const before = draft?.note ?? ''
  if (before.includes(note)) return
  await ask(page, 'PUT', path, { ...draft, note: before ? `${before}\n${note}` : note })
}
