/** Longer, and whoever waits at the telephone would write it again. */
const patienceMs = 5_000

/**
 * What the agent wrote in a platform's telephone joins what is being written about the call, in the session of the page
 * that holds it; nothing of that is lost, nothing said twice. Whether it was kept.
 */
export async function keepNote(page: URL, callId: string, note: string): Promise<boolean> {
  // The page is `/<language>/phone/<connector>`, under whatever path the installation has.
  const address = new URL(`../../api/calls/${callId}/draft`, page)
  const headers = { accept: 'application/json', 'content-type': 'application/json', 'x-clinicacrm': '1' }
  const ask = (more: RequestInit = {}) =>
    fetch(address, { headers, signal: AbortSignal.timeout(patienceMs), ...more }).catch(() => null)
  const kept = await ask()
  if (!kept?.ok) return false
  const { draft } = (await kept.json()) as { draft: { note?: string } | null }
  const before = draft?.note ?? ''
  if (before.includes(note)) return true
  const body = JSON.stringify({ ...draft, note: before ? `${before}\n${note}` : note })
  return (await ask({ method: 'PUT', body }))?.ok === true
}
