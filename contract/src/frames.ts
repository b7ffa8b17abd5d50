import { z } from 'zod'
import { endpoint } from './endpoint.ts'

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
            /^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/,
            'must be an origin such as https://apps.mypurecloud.de',
          ),
      )
      .max(30),
  }),
  reply: frameOriginsView,
  errors: ['not_found'],
})
