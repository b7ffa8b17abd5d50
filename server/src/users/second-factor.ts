import { eq } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { record } from '../audit/audit.ts'
import type { Db } from '../db/client.ts'
import { users } from '../db/schema.ts'
import { attempt } from '../http/auth.ts'
import type { Person } from '../http/caller.ts'
import { forgetDevices, unsettle } from './ending.ts'
import type { Browser, House } from './house.ts'
import { refusedPassword, wrongPassword } from './profile.ts'
import { stamp } from './sign-in.ts'

type Known = { password: string }

/** Secret and recovery codes, shown this once; nothing is asked for before a first code proves that the app has them. */
export async function startSecondFactor(house: House, by: Person, browser: Browser, body: Known) {
  const begun = await withPassword(house, by, browser, (db) =>
    house.authOn(db).api.enableTwoFactor({ body, headers: browser.headers }),
  )
  const { totpURI, backupCodes } = begun as { totpURI: string; backupCodes: string[] }
  const secret = new URL(totpURI).searchParams.get('secret')!
  return { totp_uri: totpURI, secret, recovery_codes: backupCodes }
}

export async function confirmSecondFactor(
  house: House,
  by: Person,
  browser: Browser,
  given: string,
): Promise<string[]> {
  const body = { code: given.replace(/[\s-]/g, '') }
  return house.tries.codes.guard({ address: browser.address, account: by.id }, async () => {
    const cookies = await house.db.transaction(async (db) => {
      const { api } = house.authOn(db)
      const tried = await attempt(() => api.verifyTOTP({ body, headers: browser.headers, returnHeaders: true }))
      if ('refused' in tried) return null
      await record({ db, by }, { action: 'user.second_factor_started', subject: 'user', id: by.id })
      return settle(house, db, by, browser, tried.headers)
    })
    if (!cookies) throw new AppError('wrong_code', 'The code is wrong: does the clock of the phone run right?')
    return cookies
  })
}

export async function stopSecondFactor(house: House, by: Person, browser: Browser, body: Known): Promise<string[]> {
  const [user] = await house.db.select().from(users).where(eq(users.id, by.id))
  if (!user!.password_is_long) {
    const message = 'Without a second factor a password needs at least 15 characters: choose a longer one first.'
    throw new AppError('weak_password', message, { reason: 'too_short' })
  }
  return withPassword(house, by, browser, async (db) => {
    const { api } = house.authOn(db)
    const stopped = await api.disableTwoFactor({ body, headers: browser.headers, returnHeaders: true })
    await forgetDevices(db, by.id)
    await record({ db, by }, { action: 'user.second_factor_stopped', subject: 'user', id: by.id })
    return settle(house, db, by, browser, stopped.headers)
  })
}

export async function renewRecoveryCodes(house: House, by: Person, browser: Browser, body: Known) {
  const renewed = await withPassword(house, by, browser, async (db) => {
    const { api } = house.authOn(db)
    const made = await api.generateBackupCodes({ body, headers: browser.headers })
    await record({ db, by }, { action: 'user.recovery_codes_renewed', subject: 'user', id: by.id })
    return made
  })
  return { recovery_codes: renewed.backupCodes }
}

/** better-auth gave the session another name: the cookies say which, our clock says until when. */
async function settle({ authOn }: House, db: Db, by: Person, browser: Browser, headers: Headers): Promise<string[]> {
  const cookies = headers.getSetCookie()
  const cookie = cookies.map((set) => set.split(';')[0]).join('; ')
  const token = cookie ? await authOn(db).api.readToken({ headers: new Headers({ cookie }) }) : null
  if (token) {
    await stamp(db, browser, token)
    await unsettle({ db, by }, by.id)
  }
  return cookies
}

/** Whoever finds a page open does not know the password. */
async function withPassword<T extends object>(house: House, by: Person, browser: Browser, run: (db: Db) => Promise<T>) {
  return house.tries.passwords.guard({ address: browser.address, account: by.email }, async () => {
    const outcome = await house.hashing(() =>
      house.db.transaction(async (db) => {
        const tried = await attempt(() => run(db))
        if (!('refused' in tried)) return tried
        return tried.refused === 'INVALID_PASSWORD' ? refusedPassword(db, by) : tried.refused
      }),
    )
    if (outcome === null) throw wrongPassword()
    if (typeof outcome !== 'string') return outcome as T
    throw new AppError('invalid_request', sentences[outcome] ?? 'This cannot be done now.')
  })
}

const sentences: Record<string, string> = {
  TOTP_ALREADY_ENABLED: 'An app is in use already: stop it first.',
  TWO_FACTOR_NOT_ENABLED: 'No app is in use.',
}
