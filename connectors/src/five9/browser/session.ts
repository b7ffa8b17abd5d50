import type { Found } from './found.ts'

/** Longer than an agent waits for a name. */
const patienceMs = 5_000

/** Whose number it is, as this agent may see it: asked in the session of the page, `/<language>/phone/five9`. */
export async function find(page: URL, phone: string): Promise<Found> {
  const address = new URL('../../api/pops/resolve', page)
  address.searchParams.set('phone', phone)
  const headers = { accept: 'application/json', 'x-clinicacrm': '1' }
  const response = await fetch(address, { headers, signal: AbortSignal.timeout(patienceMs) })
  if (!response.ok) throw new Error(`The CRM answered ${response.status}.`)
  return (await response.json()) as Found
}
