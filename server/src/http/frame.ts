import { livePath } from '@clinicacrm/contract/desk.ts'
import { frameHeader, frameParameter } from '@clinicacrm/contract/frames.ts'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'

/** The page that platforms show in a frame. */
export const embedPath = '/embed/:connector'

/**
 * The connector in whose frame the page is that asks; null for a window of our own. It decides which of two cookies
 * counts, so that neither session is good for the other's pages.
 */
export function frameOf({ headers, params, query, routeOptions: { url } }: FastifyRequest): string | null {
  if (url === embedPath) return textOf((params as { connector?: unknown }).connector)
  if (url === livePath) return textOf((query as Record<string, unknown>)[frameParameter])
  return textOf(headers[frameHeader])
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

/** Browsers keep a cookie in a frame only if nobody on the way could have planted it. */
export function canSignInToFrames({ publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  return protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)
}
