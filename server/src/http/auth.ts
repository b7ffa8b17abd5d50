import { randomBytes, randomInt } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { betterAuth } from 'better-auth/minimal'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Config } from '../config.ts'
import type { Db } from '../db/client.ts'
import * as schema from '../db/schema.ts'

/** A session ends so long after sign-in, however busy. */
export const sessionHours = 12
/** And so long after it was last used. */
export const idleMinutes = 60
const challengeSeconds = 10 * 60
const trustSeconds = 30 * 24 * 3600

export type Auth = ReturnType<typeof buildAuth>
export type AuthConfig = Pick<Config, 'publicUrl' | 'authSecret' | 'dataDir'>

/**
 * better-auth, for what it alone should do: passwords, second factors, sessions and their signed cookies. None of its own
 * addresses is served; our endpoints call it, with the transaction they run in, so that its rows and our trace of them
 * are written together or not at all.
 */
export function createAuth(config: AuthConfig): (db: Db) => Auth {
  const secret = installationSecret(config)
  return (db) => buildAuth(db, config.publicUrl, secret)
}

function buildAuth(db: Db, publicUrl: string, secret: string) {
  return betterAuth({
    appName: 'ClínicaCRM',
    baseURL: new URL(publicUrl).origin,
    secret,
    database: drizzleAdapter(db, { provider: 'pg', schema, transaction: false }),
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    ...columns,
    session: { ...columns.session, expiresIn: sessionHours * 3600, disableSessionRefresh: true, freshAge: 0 },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 256 },
    advanced: {
      database: { generateId: false },
      ipAddress: { disableIpTracking: true },
      useSecureCookies: false,
      cookies: cookiesFor(publicUrl),
    },
    databaseHooks: { session: { create: { before: ({ userId }) => isActive(db, userId) } } },
    plugins: [
      twoFactor({
        issuer: 'ClínicaCRM',
        twoFactorCookieMaxAge: challengeSeconds,
        trustDeviceMaxAge: trustSeconds,
        // Our own limits come first and forget sooner; this one outlives a restart.
        accountLockout: { maxFailedAttempts: 50, durationSeconds: 900 },
        backupCodeOptions: { customBackupCodesGenerate: recoveryCodes },
        schema: { user: { fields: { twoFactorEnabled: 'two_factor_enabled' } }, twoFactor: columns.twoFactor },
      }),
      ownEndpoints(frameCookie(publicUrl)),
    ],
  })
}

const times = { createdAt: 'created_at', updatedAt: 'updated_at' }
const columns = {
  user: { modelName: 'users', fields: { ...times, emailVerified: 'email_verified' } },
  session: {
    modelName: 'sessions',
    fields: {
      ...times,
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      userId: 'user_id',
    },
  },
  account: {
    modelName: 'accounts',
    fields: {
      ...times,
      userId: 'user_id',
      providerId: 'provider_id',
      accountId: 'account_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
    },
  },
  verification: { modelName: 'verifications', fields: { ...times, expiresAt: 'expires_at' } },
  twoFactor: {
    modelName: 'twoFactors',
    fields: {
      userId: 'user_id',
      backupCodes: 'backup_codes',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until',
    },
  },
}

/** What it refuses, by its code; whatever else goes wrong may fall. */
export async function attempt<T>(ask: () => Promise<T>): Promise<T | { refused: string }> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500)
      return { refused: error.body?.code ?? String(error.status) }
    throw error
  }
}

/** The cookies of a browser that signs in: whose session it still holds is no matter. */
export function withoutSession(headers: Headers, publicUrl: string): Headers {
  const own = `${cookiesFor(publicUrl).session_token.name}=`
  const kept = (headers.get('cookie') ?? '').split(/; */).filter((cookie) => !cookie.startsWith(own))
  const others = new Headers(headers)
  others.set('cookie', kept.join('; '))
  return others
}

/** `__Host-` keeps a neighbouring site from planting one; without TLS browsers would refuse it. */
function cookiesFor(publicUrl: string) {
  const secure = publicUrl.startsWith('https:')
  const named = (name: string) => ({ name: `${secure ? '__Host-' : ''}clinicacrm_${name}`, attributes: { secure } })
  return {
    session_token: named('session'),
    session_data: named('session_data'),
    account_data: named('account_data'),
    dont_remember: named('dont_remember'),
    two_factor: named('second_factor'),
    trust_device: named('trusted_device'),
  }
}

async function isActive(db: Db, userId: string) {
  const [user] = await db.select({ active: schema.users.active }).from(schema.users).where(eq(schema.users.id, userId))
  return user?.active ?? false
}

/**
 * Its session in another site's frame is a cookie of its own: browsers keep it apart for each site that frames us, and
 * never send it to our own windows.
 */
function frameCookie(publicUrl: string) {
  return {
    name: `${publicUrl.startsWith('https:') ? '__Host-' : ''}clinicacrm_frame`,
    attributes: { path: '/', httpOnly: true, secure: true, sameSite: 'none', partitioned: true } as const,
  }
}

const ownEndpoints = (frame: ReturnType<typeof frameCookie>) => ({
  id: 'clinicacrm',
  endpoints: {
    /** The token in the session's cookie, if we signed it. */
    readToken: createAuthEndpoint.serverOnly({ method: 'POST', requireHeaders: true }, async (ctx) => {
      const { authCookies, secret } = ctx.context
      return (await ctx.getSignedCookie(authCookies.sessionToken.name, secret)) || null
    }),
    /** Who gave the password and owes a code, while that holds. */
    readChallenge: createAuthEndpoint.serverOnly({ method: 'POST', requireHeaders: true }, async (ctx) => {
      const { createAuthCookie, secret, internalAdapter } = ctx.context
      const challenge = await ctx.getSignedCookie(createAuthCookie('two_factor').name, secret)
      const found = challenge ? await internalAdapter.findVerificationValue(challenge) : null
      return found && found.expiresAt > new Date() ? found.value : null
    }),
    /** Signs somebody in who has just proved who they are in another way: by an invitation, the set-up code, the demo. */
    startSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ userId: z.string() }) },
      async (ctx) => {
        const user = await ctx.context.internalAdapter.findUserById(ctx.body.userId)
        const session = user && (await ctx.context.internalAdapter.createSession(user.id))
        if (!session) return null
        await setSessionCookie(ctx, { session, user })
        return { token: session.token }
      },
    ),
    /** The same of the frame's cookie. */
    readFrameToken: createAuthEndpoint.serverOnly({ method: 'POST', requireHeaders: true }, async (ctx) => {
      return (await ctx.getSignedCookie(frame.name, ctx.context.secret)) || null
    }),
    /** Signs somebody in inside a frame, who showed a ticket there. */
    startFrameSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ userId: z.string() }) },
      async (ctx) => {
        const session = await ctx.context.internalAdapter.createSession(ctx.body.userId)
        if (!session) return null
        const attributes = { ...frame.attributes, maxAge: sessionHours * 3600 }
        await ctx.setSignedCookie(frame.name, session.token, ctx.context.secret, attributes)
        return { token: session.token }
      },
    ),
    endFrameCookie: createAuthEndpoint.serverOnly({ method: 'POST' }, async (ctx) => {
      ctx.setCookie(frame.name, '', { ...frame.attributes, maxAge: 0 })
    }),
  },
})

/** Copied from paper: 49 bits without letters that look like others. */
function recoveryCodes() {
  const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'
  const part = () => Array.from({ length: 5 }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
  return Array.from({ length: 10 }, () => `${part()}-${part()}`)
}

/** What this installation signs and seals with. */
export const installationSecret = ({ authSecret, dataDir }: Pick<Config, 'authSecret' | 'dataDir'>): string =>
  authSecret ?? keptSecret(dataDir)

/** Without `AUTH_SECRET`: made once and kept beside the data, where a copy of the database alone does not hold it. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'auth-secret')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    // Linked in whole: of two processes that start at once, both then read the same one.
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
    try {
      linkSync(draft, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    rmSync(draft)
  }
  return readFileSync(file, 'utf8').trim()
}
