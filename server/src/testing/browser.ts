import { generate } from 'otplib'
import { askAs, type Asking, type Reply } from './harness.ts'

/** A browser in the world outside: an address of its own and a jar for cookies. Needs `TRUSTED_PROXIES=127.0.0.1`. */
export type TestBrowser = {
  address: string
  ask(method: string, path: string, json?: unknown, options?: Asking): Promise<Reply>
  enter(email: string, password: string): Promise<Reply>
  jar: Map<string, string>
}

let networks = 0
/** From a network nobody else uses, unless one is named. */
export function openBrowser(url: string, address = `198.${51 + (networks >> 8)}.${networks++ & 255}.7`): TestBrowser {
  const jar = new Map<string, string>()
  const ask: TestBrowser['ask'] = async (method, path, json, options = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = new Headers({ 'x-forwarded-for': address, 'x-forwarded-proto': 'https', 'user-agent': 'Firefox' })
    new Headers(options.headers).forEach((value, name) => headers.set(name, value))
    const reply = await askAs(url, cookie, method, path, { ...options, json, headers })
    for (const set of reply.headers.getSetCookie()) keep(jar, set)
    return reply
  }
  return { address, ask, jar, enter: (email, password) => ask('POST', '/api/session', { email, password }) }
}

function keep(jar: Map<string, string>, set: string) {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set)!
  if (/max-age=0/i.test(set)) jar.delete(name)
  else jar.set(name, value)
}

/** What an authenticator app shows now. */
export const codeOf = (secret: string): Promise<string> => generate({ secret })
