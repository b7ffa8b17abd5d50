import { timingSafeEqual } from 'node:crypto'
import { BlockList, isIP } from 'node:net'
import { type DisclosureProfile, permissionsOf, type Scope } from '@clinicacrm/contract/permissions.ts'
import { type Ask, type Row, lookupPatienceMs, withDeadline } from '../db/fast.ts'
import type { KeyCaller } from './caller.ts'
import { hashKey, maxKeyLength, publicIdOf } from './key-format.ts'

export type Refusal = 'malformed' | 'unknown' | 'revoked' | 'expired' | 'inactive' | 'address'
export type KeyDoor = {
  verify(key: string, address: string, deadline?: number): Promise<KeyCaller | Refusal>
  /** True for a key that was good within the last hour: it may ask the database even when its address is limited. */
  wasGood(key: string): boolean
  /** Forgets what it knew, so that a change here is in force here at once. */
  forget(): void
}

/** A verdict is trusted this long, so a revoked key dies everywhere within 5 s. */
const trustMs = 4_000
const rememberMs = 3_600_000
const maxRemembered = 10_000

type Verified = { caller: KeyCaller; ranges: BlockList | null; goodUntil: number }
type Remembered = {
  verdict: Promise<Verified | Refusal>
  /** The verdict once it is known: nearly every request finds it so and need not wait for anything. */
  known: Verified | null
  trustedUntil: number
  goodAt: number
}

/** `demoKey` is the one key without our format; it exists in demo mode only. */
export function createKeyDoor(ask: Ask, demoKey: string | null): KeyDoor {
  const remembered = new Map<string, Remembered>()
  const demoHash = demoKey === null ? null : hashKey(demoKey)

  return {
    async verify(key, address, deadline = performance.now() + lookupPatienceMs) {
      if (key.length > maxKeyLength) return 'malformed'
      const hash = hashKey(key)
      const known = remembered.get(hash)
      const entry = known && known.trustedUntil > performance.now() ? known : remember(hash, key)
      const verdict = entry.known ?? (await withDeadline(entry.verdict, deadline))
      if (typeof verdict === 'string') return verdict
      if (verdict.goodUntil <= Date.now()) return 'expired'
      if (verdict.ranges && !verdict.ranges.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) return 'address'
      return verdict.caller
    },
    wasGood(key) {
      const entry = remembered.get(hashKey(key))
      return entry !== undefined && entry.goodAt > performance.now() - rememberMs
    },
    forget() {
      // Not what was good: a change of one key must not shut out all the others of an address that is limited.
      for (const entry of remembered.values()) entry.trustedUntil = 0
    },
  }

  function remember(hash: string, key: string): Remembered {
    const publicId = hash === demoHash ? 'demo' : publicIdOf(key)
    const malformed = Promise.resolve('malformed' as const)
    if (publicId === null) return { verdict: malformed, known: null, trustedUntil: 0, goodAt: -Infinity }
    const now = performance.now()
    const goodAt = remembered.get(hash)?.goodAt ?? -Infinity
    const verdict = find(ask, publicId, hash)
    const entry: Remembered = { verdict, known: null, trustedUntil: now + trustMs, goodAt }
    if (remembered.size >= maxRemembered) remembered.clear()
    remembered.set(hash, entry)
    verdict.then(
      (judged) => {
        if (typeof judged === 'string') return void remembered.delete(hash)
        entry.known = judged
        entry.goodAt = now
      },
      // A database that did not answer says nothing about the key: ask again next time.
      () => (entry.trustedUntil = 0),
    )
    return entry
  }
}

const columns = `id, name, hash, previous_hash, previous_valid_until > now(), to_json(scopes), profile,
  to_json(clinic_ids::text[]), to_json(ip_ranges), limit_per_minute, active, revoked_at is not null,
  extract(epoch from expires_at) * 1000, extract(epoch from previous_valid_until) * 1000, sandbox`

/** One round trip by the unique index on `public_id`. */
async function find(ask: Ask, publicId: string, hash: string): Promise<Verified | Refusal> {
  const [row] = await ask(
    {
      name: 'api_key_by_public_id',
      text: `select ${columns} from api_keys where public_id = $1`,
      values: [publicId],
    },
    performance.now() + lookupPatienceMs,
  )
  return row ? judge(row, hash) : judgeNobody(hash)
}

function judge(row: Row, hash: string): Verified | Refusal {
  const [
    id,
    name,
    current,
    previous,
    overlapping,
    scopes,
    profile,
    clinicIds,
    ipRanges,
    limit,
    active,
    revoked,
    expires,
    overlapEnds,
    sandbox,
  ] = row as string[]
  const isCurrent = sameHash(hash, current ?? '')
  const isPrevious = sameHash(hash, previous ?? '') && overlapping === 't'
  if (!isCurrent && !isPrevious) return 'unknown'
  if (revoked === 't') return 'revoked'
  if (active !== 't') return 'inactive'
  const granted = JSON.parse(scopes ?? '[]') as Scope[]
  return {
    caller: {
      kind: 'api_key',
      id: id!,
      name: name!,
      actor: `api_key:${id}`,
      permissions: permissionsOf(granted),
      scopes: granted,
      profile: profile as DisclosureProfile,
      clinicIds: JSON.parse(clinicIds ?? 'null') as string[] | null,
      limitPerMinute: Number(limit),
      sandbox: sandbox === 't',
    },
    ranges: blockListOf(JSON.parse(ipRanges ?? 'null') as string[] | null),
    goodUntil: Math.min(expires ? Number(expires) : Infinity, isCurrent ? Infinity : Number(overlapEnds)),
  }
}

/** The same work as for a key that exists, so that time tells nothing. */
function judgeNobody(hash: string): Refusal {
  sameHash(hash, hash)
  return 'unknown'
}

function sameHash(a: string, b: string) {
  const left = Buffer.from(a)
  const right = Buffer.from(b.padEnd(a.length).slice(0, a.length))
  return timingSafeEqual(left, right)
}

function blockListOf(ranges: string[] | null) {
  if (!ranges) return null
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}
