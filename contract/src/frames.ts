import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { instant, requiredText } from './fields.ts'
import { sessionView } from './session.ts'

/**
 * A page in another site's frame says so with every question, by the connector's name. It has a session of its own, and
 * no form of another site can send a header.
 */
export const frameHeader = 'x-clinicacrm-frame'
/** Streams of events cannot carry a header: they say it in their address. */
export const frameParameter = 'frame'

/** Who may frame `/embed/<connector>`. */
export const frameOriginsView = z
  .object({ connector: z.string(), origins: z.array(z.string()) })
  .meta({ id: 'FrameOrigins' })

export const listFrameOrigins = endpoint({
  name: 'listFrameOrigins',
  method: 'GET',
  path: '/api/telephony/frames',
  needs: 'telephony:read',
  tag: 'Telephony',
  summary: 'Which sites may show our panel in a frame, for each connector',
  reply: z.object({ frames: z.array(frameOriginsView.extend({ presets: z.array(z.string()) })) }),
})

export const saveFrameOrigins = endpoint({
  name: 'saveFrameOrigins',
  method: 'PUT',
  path: '/api/telephony/frames/:connector',
  needs: 'telephony:write',
  tag: 'Telephony',
  summary: 'Say which sites may show our panel in a frame',
  params: z.object({ connector: z.string() }),
  body: z.strictObject({
    origins: z
      .array(
        z
          .string()
          .max(200)
          .regex(
            // Without TLS only from this very machine, for who tries it out.
            /^(https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*|http:\/\/(localhost|127\.0\.0\.1))(:\d{1,5})?$/,
            'must be an origin such as https://apps.mypurecloud.de',
          ),
      )
      .max(30),
  }),
  reply: frameOriginsView,
  errors: ['not_found'],
})

const connector = requiredText(60).meta({ description: 'The connector in whose frame the page is.' })
const digest = z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url')

export const createFrameTicket = endpoint({
  name: 'createFrameTicket',
  method: 'POST',
  path: '/api/session/frame-tickets',
  needs: 'signed_in',
  tag: 'People',
  summary: 'A ticket by which a page in a frame signs in as you: good once, for a minute',
  description:
    'The window that a frame opened asks for it, and hands it to that frame alone. `challenge` is the SHA-256 of a secret ' +
    'that only the frame knows.',
  body: z.strictObject({ connector, challenge: digest }),
  reply: z.object({ ticket: z.string(), expires_at: instant }),
  status: 201,
  errors: ['not_found'],
})

export const signInToFrame = endpoint({
  name: 'signInToFrame',
  method: 'POST',
  path: '/api/session/frame',
  needs: 'public',
  tag: 'People',
  summary: 'Sign in inside a frame, with a ticket',
  body: z.strictObject({
    connector,
    ticket: requiredText(100),
    verifier: digest.meta({ description: 'What the ticket’s `challenge` is the SHA-256 of.' }),
  }),
  reply: z.object({ session: sessionView }),
  errors: ['link_expired', 'too_many_requests'],
})
