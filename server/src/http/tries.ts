import { AppError } from '../app-error.ts'
import { type Counter, type Counters, neighbourhood } from './counters.ts'

/** Guards something that can be guessed: a password, a code, a link. */
export type Tries = {
  /**
   * Counts a try before it is made, so that many at once are not one; refuses when there were too many. What it returns
   * takes the try back: only failures stay counted.
   */
  begin(address: string, account?: string): Promise<() => Promise<void>>
}

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
  const seconds = bounds.minutes * 60
  const counter = (part: string, duration: number) => counters.counter(`${name}:${part}`, duration)
  const [perNetwork, perPair] = [counter('network', seconds), counter('pair', seconds)]
  const [perAccount, rests, entered] = [
    counter('account', hour),
    counter('rest', restSeconds),
    counter('entered', weeks),
  ]
  const { network: most, pair: few = most, account: many = most } = bounds

  return {
    async begin(address, account) {
      const network = neighbourhood(address)
      if (account === undefined) {
        await take(perNetwork, network, most)
        return () => perNetwork.undo(network)
      }
      const pair = `${account}|${network}`
      const before = await perNetwork.look(network)
      if (before && before.count >= most) throw tooMany(before.msLeft)
      // From the narrowest to the widest: what is refused here must not count for others there.
      await take(perPair, pair, few)
      await take(perNetwork, network, most)
      const { count } = await perAccount.add(account)
      if (count > many && !(await entered.look(pair))) await take(rests, account, 1)
      return async () => {
        await Promise.all([perPair.forget(pair), perNetwork.undo(network), perAccount.undo(account), entered.add(pair)])
      }
    },
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
