import { BlockList, isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'
import type { Config } from '../config.ts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')
loopback.addSubnet('::ffff:127.0.0.0', 104, 'ipv6')

export function isLoopback(address: string | undefined): boolean {
  // The list reads ranges in any notation, slowly; nearly every caller on this machine is this one.
  if (address === '127.0.0.1') return true
  return address !== undefined && loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** Nobody on the way can listen. Protocol and address are a trusted proxy's, and the peer's own where there is none. */
export const isPrivate = (request: FastifyRequest): boolean => request.protocol === 'https' || isLoopback(request.ip)

export function refusePlainHttp(request: FastifyRequest, what: string): void {
  if (!isPrivate(request)) throw new AppError('https_required', `${what} are accepted over HTTPS only.`)
}

/**
 * A browser sends cookies with whatever another site makes it ask, and says whose idea it was: `Sec-Fetch-Site`, or in old
 * ones `Origin`. Programs say neither; where a cookie alone gives the right to act, they must say one.
 */
export function refuseOtherSites(
  request: FastifyRequest,
  { publicUrl }: Pick<Config, 'publicUrl'>,
  options: { sayingNothing: 'refused' | 'allowed' } = { sayingNothing: 'refused' },
) {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { 'sec-fetch-site': site, origin } = request.headers
  if (site === 'same-origin' || site === 'none') return
  if (site === undefined && origin !== undefined && isOwn(origin, request, publicUrl)) return
  if (site === undefined && origin === undefined && options.sayingNothing === 'allowed') return
  throw new AppError(
    'forbidden',
    'This was asked by another site, or by a program that does not say where it comes from.',
  )
}

/**
 * The cookie of a frame comes along whatever page asks: browsers are told to send it across sites. So each question must
 * come from a page of ours, and whatever changes something must name our own origin.
 */
export function refuseOtherPages(request: FastifyRequest, { publicUrl }: Pick<Config, 'publicUrl'>) {
  const { 'sec-fetch-site': site, origin } = request.headers
  const asksOnly = request.method === 'GET' || request.method === 'HEAD'
  const isOurs = origin === undefined ? asksOnly : isOwn(origin, request, publicUrl)
  if (isOurs && (site === undefined || site === 'same-origin')) return
  throw new AppError('forbidden', 'This was not asked by a page of ours.')
}

function isOwn(origin: string, request: FastifyRequest, publicUrl: string) {
  if (origin === new URL(publicUrl).origin) return true
  // At work on this very machine, under whatever name it has here.
  if (!isLoopback(request.ip) || !URL.canParse(origin)) return false
  const { host, hostname } = new URL(origin)
  const isLocal = hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''))
  return isLocal && host === request.host
}
