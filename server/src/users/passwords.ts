import { eq, sql } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { Config } from '../config.ts'
import type { Db } from '../db/client.ts'
import { accounts, users } from '../db/schema.ts'
import { organisationOf } from '../organisation/organisation.ts'

/** Long enough to stand alone; with a second factor beside it, eight will do. As NIST SP 800-63B has it. */
const longPassword = 15
const shortPassword = 8
/** Fewer guesses than eight random letters would need. */
const commonBelow = 7.9
/** A name with less than this around it is a name. */
const leastBesidesNames = 8
/** What comes after cannot make it weaker, and would take long to look at. */
const judgedLength = 64

type Owner = { name: string; email: string; twoFactorEnabled?: boolean; organisation?: string }

const isLong = (password: string): boolean => lengthOf(password) >= longPassword

/** Refuses a password that can be guessed, with the reason for whoever chose it. */
export async function refuseWeak(db: Db, config: Config, password: string, owner: Owner): Promise<void> {
  const least = owner.twoFactorEnabled ? shortPassword : longPassword
  if (lengthOf(password) < least) {
    throw weak(
      'too_short',
      `A password needs at least ${least} characters; a few words that go together badly are good.`,
    )
  }
  const organisation = owner.organisation ?? (await organisationOf(db, config)).name
  if (isMostlyNames(password, [owner.name, owner.email, organisation, 'ClínicaCRM', 'clinica crm'])) {
    throw weak('contains_name', 'This is little more than a name that everybody here knows.')
  }
  if ((await guessesFor(password)) < commonBelow)
    throw weak('common', 'This is one of the first that somebody would try.')
}

/** Makes `hash` the way somebody proves who they are. */
export async function storePassword(db: Db, userId: string, password: string, hash: string): Promise<void> {
  await db
    .insert(accounts)
    .values({ user_id: userId, provider_id: 'credential', account_id: userId, password: hash })
    .onConflictDoUpdate({
      target: [accounts.provider_id, accounts.account_id],
      set: { password: hash, updated_at: sql`now()` },
    })
  await rememberLength(db, userId, password)
}

/** Whether it can stand alone, for the day somebody stops their second factor. */
export async function rememberLength(db: Db, userId: string, password: string): Promise<void> {
  await db
    .update(users)
    .set({ password_is_long: isLong(password) })
    .where(eq(users.id, userId))
}

const weak = (reason: 'too_short' | 'common' | 'contains_name', message: string) =>
  new AppError('weak_password', message, { reason })

/** In characters as people count them, and as they are compared: `ﬁ` is two letters. */
const lengthOf = (password: string) => Array.from(password.normalize('NFKC')).length

function isMostlyNames(password: string, names: string[]) {
  const words = names.flatMap((name) => folded(name).split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 4)
  let rest = folded(password)
  for (const word of words.toSorted((a, b) => b.length - a.length)) rest = rest.replaceAll(word, '')
  const letters = rest.replace(/[^\p{L}\p{N}]/gu, '').length
  return rest.length < folded(password).length && letters < leastBesidesNames
}

/** As far as guessing goes, accents and capitals are nothing. */
const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** The power of ten of how many tries it would take somebody who knows what people choose. */
async function guessesFor(password: string): Promise<number> {
  judge ??= openJudge()
  return (await judge)(password.normalize('NFKC').slice(0, judgedLength))
}

let judge: ReturnType<typeof openJudge> | undefined

/** 50,000 common passwords and the patterns of keyboards: 8 MB, for whom nobody needs who only looks up callers. */
async function openJudge() {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  return (password: string) => zxcvbn.check(password).guessesLog10
}
