import type { ErrorCode } from '@clinicacrm/contract/errors.ts'
import { AppError } from '../app-error.ts'
import { type Counter, type Counters, neighbourhood } from './counters.ts'

/** Where a try comes from, and whose password or code it would be; a link belongs to nobody yet. */
type Who = { address: string; account?: string }

/** Guards something that can be guessed: a password, a code, a link. */
export type Tries = {
  /**
   * Counts a try before it is made, so that many at once are not one, and refuses when there were too many. Only failures
   * stay counted: what is right takes back those before it, and what could not be judged is as if it had not been.
   */
  guard<T>(who: Who, attempt: () => Promise<T>): Promise<T>
  /** Counts what is not to be done often, right or wrong. */
  count(address: string): Promise<void>
}

const failures: ReadonlySet<ErrorCode> = new Set(['wrong_credentials', 'wrong_code', 'link_expired', 'unauthorized'])

/** Failures within `minutes`… */
type Bounds = {
  minutes: number
  /** …from one network, and there at one account… */
  network: number
  pair?: number
  /** …and from everywhere at one account within an hour; then one every half minute, for networks new to it. */
  account?: number
}

const hour = 3_600
const restSeconds = 30
/** Node's timers hold no more than 24 days. */
const weeks = 20 * 24 * hour

/**
 * Honest people stay out of each other's way: what somebody does elsewhere slows nobody down at a network from which this
 * account was lately entered, and nothing is ever locked.
 */
export function createTries(counters: Counters, name: string, bounds: Bounds): Tries {
  const { network: most, pair: few = most, account: many = most, minutes } = bounds
  const counter = (part: string, seconds: number) => counters.counter(`${name}:${part}`, seconds)
  const [perNetwork, perPair] = [counter('network', minutes * 60), counter('pair', minutes * 60)]
  const [perAccount, rests, entered] = [
    counter('account', hour),
    counter('rest', restSeconds),
    counter('entered', weeks),
  ]

  return {
    async guard({ address, account }, attempt) {
      const network = neighbourhood(address)
      const taken = account === undefined ? await byNetwork(network) : await byAccount(network, account)
      try {
        const right = await attempt()
        await taken.right()
        return right
      } catch (error) {
        if (!(error instanceof AppError && failures.has(error.code))) await taken.back()
        throw error
      }
    },
    count: (address) => take(perNetwork, neighbourhood(address), most),
  }

  async function byNetwork(network: string) {
    await take(perNetwork, network, most)
    const back = () => perNetwork.undo(network)
    return { back, right: back }
  }

  async function byAccount(network: string, account: string) {
    const pair = `${account}|${network}`
    const before = await perNetwork.look(network)
    if (before && before.count >= most) throw tooMany(before.msLeft)
    // From the narrowest to the widest: what is refused here must not count for others there.
    await take(perPair, pair, few)
    await take(perNetwork, network, most)
    const { count } = await perAccount.add(account)
    if (count > many && !(await entered.look(pair))) await take(rests, account, 1)
    const back = () => Promise.all([perPair.undo(pair), perNetwork.undo(network), perAccount.undo(account)])
    const right = () => back().then(() => Promise.all([perPair.forget(pair), entered.add(pair)]))
    return { back, right }
  }
}

async function take(counter: Counter, id: string, limit: number) {
  const { count, msLeft } = await counter.add(id)
  if (count > limit) throw tooMany(msLeft)
}

function tooMany(msLeft: number) {
  const seconds = Math.max(1, Math.ceil(msLeft / 1_000))
  const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`
  return new AppError(
    'too_many_requests',
    `There were too many failed attempts. Try again in ${wait}.`,
    {},
    { 'retry-after': String(seconds) },
  )
}
