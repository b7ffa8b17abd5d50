import type { DisclosureProfile, Permission } from '@clinicacrm/contract/permissions.ts'

/** Who asks, and what they may. Sessions of people will join the union. */
export type Caller = {
  kind: 'api_key'
  id: string
  name: string
  /** As traces name it: `api_key:3`. */
  actor: string
  permissions: ReadonlySet<Permission>
  scopes: readonly string[]
  profile: DisclosureProfile
  /** Null: every clinic. Part of every WHERE, never an afterthought. */
  clinicIds: readonly string[] | null
  limitPerMinute: number
}
