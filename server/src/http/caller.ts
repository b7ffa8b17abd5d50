import type { DisclosureProfile, Permission, Role, Scope } from '@clinicacrm/contract/permissions.ts'

type Known = {
  id: string
  name: string
  /** As traces name it: `api_key:3`, `user:5`. */
  actor: string
  permissions: ReadonlySet<Permission>
  profile: DisclosureProfile
  /** Null: every clinic. Part of every WHERE, never an afterthought. */
  clinicIds: readonly string[] | null
  limitPerMinute: number
}

export type KeyCaller = Known & {
  kind: 'api_key'
  scopes: readonly Scope[]
  /** Is answered from made-up people, and nothing it tells is kept. */
  sandbox: boolean
}

/** A person with a session. */
export type Person = Known & {
  kind: 'user'
  role: Role
  email: string
  locale: 'it' | 'en' | 'es'
  sessionId: string
  /** The connector in whose frame their page is; null in a window of our own. */
  frame: string | null
}

/** Who asks, and what they may. */
export type Caller = KeyCaller | Person
