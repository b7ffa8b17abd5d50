/**
 * What a caller may do, and which API-key scope grants it. A scope is what an administrator ticks;
 * a permission is what an endpoint asks for. Both lists are closed: a typo does not compile.
 */
export const permissions = [
  'lookup:read',
  'cases:read',
  'cases:write',
  'cases:import',
  'patients:read',
  'patients:write',
  'clinics:read',
  'clinics:write',
  'treatments:read',
  'treatments:write',
  'keys:manage',
  'metrics:read',
] as const
export type Permission = (typeof permissions)[number]

/** Scope → the permissions it grants. Whoever reads cases may read the names of clinics and treatments on them. */
export const scopes = {
  'lookup:read': ['lookup:read'],
  'cases:read': ['cases:read', 'clinics:read', 'treatments:read'],
  'cases:write': ['cases:read', 'cases:write', 'clinics:read', 'treatments:read'],
  'cases:import': ['cases:import'],
  'patients:read': ['patients:read'],
  'patients:write': ['patients:read', 'patients:write'],
  'settings:write': ['clinics:read', 'clinics:write', 'treatments:read', 'treatments:write'],
  'keys:manage': ['keys:manage'],
  'metrics:read': ['metrics:read'],
} as const satisfies Record<string, readonly Permission[]>
export type Scope = keyof typeof scopes

export const scopeNames = Object.keys(scopes) as [Scope, ...Scope[]]

/** How much of a found case a key may see; the guide's shape is `full`. */
export const disclosureProfiles = ['full', 'greeting', 'minimal'] as const
export type DisclosureProfile = (typeof disclosureProfiles)[number]

export function permissionsOf(granted: readonly Scope[]): ReadonlySet<Permission> {
  return new Set(granted.flatMap((scope): readonly Permission[] => scopes[scope]))
}
