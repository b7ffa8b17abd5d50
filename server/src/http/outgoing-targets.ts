import { BlockList, isIP } from 'node:net'
import type { OutgoingProblem } from '@clinicacrm/contract/webhooks.ts'

/** Somebody else's server, as an address in settings names it. */
export type Target = { url: URL; host: string; port: number }

/** What the operator trusts: by name or by range, on every port or on one. */
type Trusted = { name: string; port: number | null } | { range: BlockList; port: number | null }

export type Targets = {
  /** Before anybody is asked where it is. */
  read(text: string): Target | OutgoingProblem
  /** The operator named it: it may be private, and spoken to in the clear. */
  isNamed(target: Target): boolean
  problemOf(target: Target, addresses: readonly string[]): OutgoingProblem | null
}

/** Which addresses the program may speak to of its own accord, whoever typed them. */
export function createTargets(allowedHosts: readonly string[]): Targets {
  const trusted = allowedHosts.map(readAllowed)
  const onPort = ({ port }: Target) => trusted.filter((one) => one.port === null || one.port === port)
  const isNamed = (target: Target) => onPort(target).some((one) => 'name' in one && one.name === target.host)
  const isInRange = (target: Target, address: string) =>
    onPort(target).some((one) => 'range' in one && one.range.check(address, familyOf(address)))
  return {
    read: readTarget,
    isNamed,
    problemOf(target, addresses) {
      if (isNamed(target)) return null
      if (addresses.length > 0 && addresses.every((address) => isInRange(target, address))) return null
      if (target.url.protocol !== 'https:') return 'scheme'
      if (!isUsualPort(target.port)) return 'port'
      return addresses.every(isPublic) ? null : 'address'
    },
  }
}

function readTarget(text: string): Target | OutgoingProblem {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url?.hostname || !/^https?:$/.test(url.protocol)) return 'scheme'
  if (url.username || url.password) return 'credentials'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
  return { url, host, port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80) }
}

const allowedShape = /^(?:\[(?<v6>[\da-f:.]+)\]|(?<host>[^:[\]]+)|(?<bare>[\da-f:.]+(?:\/\d+)?))(?::(?<port>\d+))?$/i

/** Throws with what is wrong: `host`, `host:port`, an address or a range, `[::1]:8080`. */
export function readAllowed(text: string): Trusted {
  const { v6, host, bare, port = '' } = allowedShape.exec(text)?.groups ?? {}
  const name = (v6 ?? host ?? bare ?? '').toLowerCase()
  const isPort = port === '' || (Number(port) >= 1 && Number(port) <= 65_535)
  const [address = '', bits] = name.split('/')
  const family = isIP(address)
  if (!name || !isPort) throw wrongAllowed(text)
  if (!family) {
    if (bits !== undefined || !/^[a-z\d]([a-z\d.-]*[a-z\d])?$/.test(name)) throw wrongAllowed(text)
    return { name, port: Number(port) || null }
  }
  const longest = family === 4 ? 32 : 128
  const range = new BlockList()
  const width = bits === undefined ? longest : Number(bits)
  if (bits === '' || !Number.isInteger(width) || width > longest) throw wrongAllowed(text)
  range.addSubnet(address, width, familyOf(address))
  return { range, port: Number(port) || null }
}

const wrongAllowed = (text: string) =>
  new Error(`"${text}" must be a host, an address or a range, perhaps with a port, such as hooks.internal:8080`)

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Of privileged ports only that of HTTPS: the others belong to mail, shells and their like. */
const isUsualPort = (port: number) => port === 443 || port >= 1024

/** Whatever is not for the whole internet, by the registries of special addresses (IANA). */
const special = blockList([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  // A cloud's own services, and of one of them the wire server.
  '169.254.0.0/16',
  '168.63.129.16/32',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Within the unicast addresses of IPv6: Teredo and its like, documentation, and what carries an IPv4 address inside.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
])
const unicastV6 = blockList(['2000::/3'])

function isPublic(address: string): boolean {
  if (special.check(address, familyOf(address))) return false
  return isIP(address) === 4 || unicastV6.check(address, 'ipv6')
}

function blockList(ranges: string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    list.addSubnet(address, Number(bits), familyOf(address))
  }
  return list
}
