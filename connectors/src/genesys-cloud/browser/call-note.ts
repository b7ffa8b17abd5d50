/** What the agent wrote in the telephone joins what is being written about the call; nothing of that is lost. */
export async function keepNote(page: URL, callId: string, note: string): Promise<boolean> {
  // The page is `/<language>/phone/genesys-cloud`, under whatever path the installation has.
  const address = new URL(`../../api/calls/${callId}/draft`, page)
  const headers = { accept: 'application/json', 'content-type': 'application/json', 'x-clinicacrm': '1' }
  const kept = await fetch(address, { headers })
  if (!kept.ok) return false
  const { draft } = (await kept.json()) as { draft: { note?: string } | null }
  const before = draft?.note ?? ''
  if (before.includes(note)) return true
  const body = JSON.stringify({ ...draft, note: before ? `${before}\n${note}` : note })
  return (await fetch(address, { method: 'PUT', headers, body })).ok
}
