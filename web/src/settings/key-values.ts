import type { ApiKeyFields, ApiKeyView } from '@clinicacrm/contract/api-keys.ts'
import type { DisclosureProfile, Scope } from '@clinicacrm/contract/permissions.ts'

export const lifetimes = ['30', '90', '365', 'never', 'day'] as const
type Lifetime = (typeof lifetimes)[number]

/** A key as it stands in the fields. */
export type KeyValues = {
  name: string
  description: string
  scopes: Scope[]
  clinics: string[] | null
  profile: DisclosureProfile
  lifetime: Lifetime
  /** `2027-03-31`, where the lifetime is a day. */
  day: string
  /** One address or range a line. */
  ip_ranges: string
  limit_per_minute: number | string
  /** Decided when it is made, and never changed. */
  sandbox: boolean
}

export const newKeyValues = (clinics: string[] | null, scopes: Scope[]): KeyValues => ({
  name: '',
  description: '',
  scopes,
  clinics,
  profile: 'full',
  lifetime: '365',
  day: '',
  ip_ranges: '',
  limit_per_minute: 1000,
  sandbox: false,
})

export function valuesOfKey(key: ApiKeyView): KeyValues {
  const { name, description, scopes, clinics, profile, expires_at, ip_ranges, limit_per_minute, sandbox } = key
  return {
    name,
    description: description ?? '',
    scopes,
    clinics,
    profile,
    lifetime: expires_at ? 'day' : 'never',
    day: expires_at ? dayOf(new Date(expires_at)) : '',
    ip_ranges: ip_ranges?.join('\n') ?? '',
    limit_per_minute,
    sandbox,
  }
}

type Body = Omit<ApiKeyFields, 'active' | 'sandbox'>

export function bodyOf(values: KeyValues, now: Date = new Date()): Body {
  const { lifetime, day, ip_ranges, limit_per_minute, name, description, sandbox: _, ...others } = values
  const ranges = linesOf(ip_ranges)
  return {
    ...others,
    name: name.trim(),
    description: description.trim() || null,
    expires_at: expiryOf(lifetime, day, now),
    ip_ranges: ranges.length ? ranges : null,
    limit_per_minute: Number(limit_per_minute),
  }
}

/** A day is good to its end, on this browser's clock. */
function expiryOf(lifetime: Lifetime, day: string, now: Date) {
  if (lifetime === 'never') return null
  if (lifetime === 'day') return new Date(`${day}T23:59:59`).toISOString()
  return new Date(now.getTime() + Number(lifetime) * 86_400_000).toISOString()
}

export const linesOf = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean)

/** `203.0.113.0/24`, `2001:db8::/32`, or an address alone. */
export function isRange(text: string): boolean {
  const [address = '', size, ...rest] = text.split('/')
  if (rest.length) return false
  const isV4 = /^(\d{1,3}\.){3}\d{1,3}$/.test(address) && address.split('.').every((part) => Number(part) <= 255)
  const isV6 = address.includes(':') && URL.canParse(`http://[${address}]`)
  const most = isV4 ? 32 : 128
  return (isV4 || isV6) && (size === undefined || (/^\d{1,3}$/.test(size) && Number(size) <= most))
}

function dayOf(date: Date) {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
