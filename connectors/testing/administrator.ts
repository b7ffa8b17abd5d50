import { inject } from 'vitest'

export type Administrator = {
  /** As the app asks: with the session, and JSON both ways. */
  ask<T = never>(method: string, path: string, body?: unknown): Promise<T>
  /** A file as it is downloaded. */
  download(connector: string, file: string): Promise<Buffer>
  /** As a browser opens a page, without going where it is sent. */
  open(path: string): Promise<Response>
}

/** Somebody of the demo, signed in with one click; who looks after the installation unless said. */
export async function openAdministrator(role = 'owner'): Promise<Administrator> {
  const { url } = inject('crm')
  const body = JSON.stringify({ role })
  const json = { 'content-type': 'application/json', origin: url }
  const entered = await fetch(`${url}/api/session/demo`, { method: 'POST', headers: json, body })
  const cookie = entered.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  if (!entered.ok) throw new Error(`Nobody could sign in: ${entered.status} ${await entered.text()}`)

  async function get(path: string, init: RequestInit = {}, tries = 5): Promise<Response> {
    const response = await fetch(`${url}${path}`, { ...init, headers: { ...json, cookie } })
    // On a busy machine, as the answer says: nothing was done, try again in a second.
    if (response.status === 503 && tries > 1) {
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      return get(path, init, tries - 1)
    }
    if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${path}: ${response.status} ${await response.text()}`)
    return response
  }
  return {
    async ask<T>(method: string, path: string, said?: unknown) {
      const response = await get(path, { method, ...(said !== undefined && { body: JSON.stringify(said) }) })
      return (response.status === 204 ? null : await response.json()) as T
    },
    download: async (connector, file) =>
      Buffer.from(await (await get(`/api/connectors/${connector}/files/${file}`)).arrayBuffer()),
    open: (path) => fetch(`${url}${path}`, { headers: { accept: 'text/html', cookie }, redirect: 'manual' }),
  }
}
