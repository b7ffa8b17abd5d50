import { createHash, randomBytes } from 'node:crypto'
import { openBrowser, type TestBrowser } from './browser.ts'
import type { Clinic, SignedIn } from './harness.ts'

export const ownOrigin = 'https://crm.example'

/** As a page of ours asks that is in the frame of this platform. */
export const inFrame = (connector = 'genesys-cloud') => ({
  headers: { 'x-clinicacrm-frame': connector, origin: ownOrigin },
})

/** What only the frame knows, and what it tells. */
export function secret() {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

export async function ticketOf(person: SignedIn, challenge: string, connector = 'genesys-cloud'): Promise<string> {
  const { body } = await person.ask('POST', '/api/session/frame-tickets', { json: { connector, challenge } })
  return body.ticket
}

/** A browser's frame in which this person is signed in. */
export async function entersFrame(clinic: Clinic, person: SignedIn, frame: TestBrowser = openBrowser(clinic.url)) {
  const { verifier, challenge } = secret()
  const shown = { connector: 'genesys-cloud', ticket: await ticketOf(person, challenge), verifier }
  const reply = await frame.ask('POST', '/api/session/frame', shown, inFrame())
  return { frame, reply, cookie: frame.jar.get('__Host-clinicacrm_frame')! }
}
