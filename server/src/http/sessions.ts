import { livePath } from '@clinicacrm/contract/desk.ts'
import {
  permissionsInFrames,
  permissionsOfRole,
  type Permission,
  type Role,
  roleNames,
} from '@clinicacrm/contract/permissions.ts'
import type { FastifyRequest } from 'fastify'
import { type Ask, lookupPatienceMs } from '../db/fast.ts'
import { type Auth, idleMinutes } from './auth.ts'
import type { Person } from './caller.ts'
import { frameOf } from './frame.ts'

export type Sessions = {
  /** The token in a request's cookie, if we signed it; in a frame, of the frame's own. */
  tokenOf(request: FastifyRequest): Promise<string | null>
  /** Whose session it is, while it holds. */
  personBy(token: string, request: FastifyRequest): Promise<Person | null>
}

/** What a page asks by itself, unseen, does not keep a session alive. */
export const backgroundHeader = 'x-clinicacrm-background'
const requestsPerMinute = 3_000

export function createSessions(ask: Ask, auth: Auth): Sessions {
  return {
    async tokenOf(request) {
      const { cookie } = request.headers
      if (cookie === undefined) return null
      const asked = { headers: new Headers({ cookie }) }
      return frameOf(request) === null ? auth.api.readToken(asked) : auth.api.readFrameToken(asked)
    },
    async personBy(token, request) {
      const deadline = request.startedAt + lookupPatienceMs
      const frame = frameOf(request)
      const values = [token, isUse(request), frame]
      const [row] = await ask({ name: 'session_by_token', text: query, values }, deadline)
      return row ? personFrom(row as string[], frame) : null
    },
  }
}

const isUse = ({ headers, routeOptions }: FastifyRequest) =>
  headers[backgroundHeader] === undefined && routeOptions.url !== livePath

/**
 * One round trip by the unique index on `token`, on every request: a session that was ended anywhere is over at once, and
 * a change of role or clinics is in force. The use is written down once a minute. A session of a frame is one only there.
 */
const query = `with held as (
    select id, user_id, updated_at from sessions
     where token = $1 and connector is not distinct from $3 and expires_at > now() and updated_at > now() - interval '${idleMinutes} minutes'),
  used as (
    update sessions set updated_at = now() from held
     where sessions.id = held.id and $2::boolean and held.updated_at < now() - interval '1 minute')
  select held.id, u.id, u.name, u.email, u.role, u.locale, to_json(u.clinic_ids::text[])
    from held join users u on u.id = held.user_id where u.active`

function personFrom([sessionId, id, name, email, role, locale, clinicIds]: string[], frame: string | null): Person {
  return {
    kind: 'user',
    id: id!,
    name: name!,
    actor: `user:${id}`,
    email: email!,
    role: role as Role,
    locale: locale as Person['locale'],
    permissions: (frame === null ? permissionsByRole : permissionsFramed)[role as Role],
    profile: 'full',
    clinicIds: JSON.parse(clinicIds ?? 'null') as string[] | null,
    limitPerMinute: requestsPerMinute,
    sessionId: sessionId!,
    frame,
  }
}

type ByRole = Record<Role, ReadonlySet<Permission>>
const byRole = (rights: (role: Role) => ReadonlySet<Permission>) =>
  Object.fromEntries(roleNames.map((role) => [role, rights(role)])) as ByRole
const permissionsByRole = byRole(permissionsOfRole)
const permissionsFramed = byRole(permissionsInFrames)
