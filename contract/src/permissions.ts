/**
 * What a caller may do. A scope is what an administrator ticks for an API key, a role is what a person has; a permission is
 * what an endpoint asks for. All three lists are closed: a typo does not compile.
 */
export const permissions = [
  'lookup:read',
  'cases:read',
  'cases:write',
  'cases:delete',
  'cases:import',
  'cases:export',
  'cases:bulk',
  'cases:override',
  'patients:read',
  'patients:write',
  'views:share',
  'calls:read',
  'calls:handle',
  'calls:listen',
  'calls:write',
  'wallboard:read',
  'telephony:read',
  'telephony:write',
  'directory:read',
  'users:manage',
  'clinics:read',
  'clinics:write',
  'treatments:read',
  'treatments:write',
  'organisation:write',
  'keys:manage',
  'requests:read',
  'webhooks:manage',
  'audit:read',
  'metrics:read',
] as const
export type Permission = (typeof permissions)[number]

/** Scope → the permissions it grants. Whoever reads cases may read the names of clinics and treatments on them. */
export const scopes = {
  'lookup:read': ['lookup:read'],
  'cases:read': ['cases:read', 'clinics:read', 'treatments:read'],
  'cases:write': ['cases:read', 'cases:write', 'cases:delete', 'clinics:read', 'treatments:read'],
  'cases:import': ['cases:import'],
  'patients:read': ['patients:read'],
  'patients:write': ['patients:read', 'patients:write'],
  'calls:read': ['calls:read'],
  'calls:write': ['calls:write'],
  'settings:write': ['clinics:read', 'clinics:write', 'treatments:read', 'treatments:write'],
  'keys:manage': ['keys:manage'],
  'metrics:read': ['metrics:read'],
} as const satisfies Record<string, readonly Permission[]>
export type Scope = keyof typeof scopes

export const scopeNames = Object.keys(scopes) as [Scope, ...Scope[]]

/** The roles of people, from the one who does least to the one who does all. */
export const roleNames = ['agent', 'team_lead', 'clinic_admin', 'integrator', 'auditor', 'owner'] as const
export type Role = (typeof roleNames)[number]

/**
 * Who may do what. Read a line: this permission belongs to these roles. A role limited to clinics has it for their cases
 * and patients only. `cases:override` makes moves of a case that the lifecycle does not offer; `calls:write` tells what
 * happens to calls, as platforms do, while `calls:handle` answers them.
 */
export const rolesWith = {
  'lookup:read': ['agent', 'team_lead', 'clinic_admin', 'integrator', 'owner'],
  'cases:read': ['agent', 'team_lead', 'clinic_admin', 'auditor', 'owner'],
  'cases:write': ['agent', 'team_lead', 'clinic_admin', 'owner'],
  'cases:delete': ['team_lead', 'clinic_admin', 'owner'],
  'cases:import': ['clinic_admin', 'owner'],
  'cases:export': ['team_lead', 'clinic_admin', 'owner'],
  'cases:bulk': ['team_lead', 'clinic_admin', 'owner'],
  'cases:override': ['team_lead', 'clinic_admin', 'owner'],
  'patients:read': ['agent', 'team_lead', 'clinic_admin', 'auditor', 'owner'],
  'patients:write': ['agent', 'team_lead', 'clinic_admin', 'owner'],
  'views:share': ['team_lead', 'clinic_admin', 'owner'],
  'calls:read': ['agent', 'team_lead', 'clinic_admin', 'auditor', 'owner'],
  'calls:handle': ['agent', 'team_lead', 'clinic_admin', 'owner'],
  'calls:listen': ['team_lead', 'clinic_admin', 'owner'],
  'calls:write': ['integrator', 'owner'],
  'wallboard:read': ['team_lead', 'clinic_admin', 'auditor', 'owner'],
  'telephony:read': ['team_lead', 'clinic_admin', 'integrator', 'auditor', 'owner'],
  'telephony:write': ['clinic_admin', 'integrator', 'owner'],
  'directory:read': ['agent', 'team_lead', 'clinic_admin', 'auditor', 'owner'],
  'users:manage': ['clinic_admin', 'owner'],
  'clinics:read': ['agent', 'team_lead', 'clinic_admin', 'integrator', 'auditor', 'owner'],
  'clinics:write': ['clinic_admin', 'owner'],
  'treatments:read': ['agent', 'team_lead', 'clinic_admin', 'integrator', 'auditor', 'owner'],
  'treatments:write': ['clinic_admin', 'owner'],
  'organisation:write': ['owner'],
  'keys:manage': ['clinic_admin', 'integrator', 'owner'],
  'requests:read': ['integrator', 'owner'],
  'webhooks:manage': ['integrator', 'owner'],
  'audit:read': ['auditor', 'owner'],
  'metrics:read': ['integrator', 'owner'],
} as const satisfies Record<Permission, readonly Role[]>

/** What a page in another site's frame may do at most, whoever is signed in: answer calls. */
const inFrames = [
  'cases:read',
  'cases:write',
  'patients:read',
  'calls:read',
  'calls:handle',
  'directory:read',
  'clinics:read',
  'treatments:read',
] as const satisfies readonly Permission[]

/** How much of a found case a key may see; the guide's shape is `full`. */
export const disclosureProfiles = ['full', 'greeting', 'minimal'] as const
export type DisclosureProfile = (typeof disclosureProfiles)[number]

export function permissionsOf(granted: readonly Scope[]): ReadonlySet<Permission> {
  return new Set(granted.flatMap((scope): readonly Permission[] => scopes[scope]))
}

export function permissionsOfRole(role: Role): ReadonlySet<Permission> {
  return new Set(permissions.filter((permission) => (rolesWith[permission] as readonly Role[]).includes(role)))
}

export function permissionsInFrames(role: Role): ReadonlySet<Permission> {
  const own = permissionsOfRole(role)
  return new Set(inFrames.filter((permission) => own.has(permission)))
}

/** The scopes whose every permission the giver has: what they may tick for a key. */
export function scopesWithin(own: ReadonlySet<Permission>): Scope[] {
  return scopeNames.filter((scope) => scopes[scope].every((permission) => own.has(permission)))
}
