import { newKey } from './idempotency.ts'
import { whoIsKnown } from './session.ts'

type Dial = (number: string) => void

/** Who has a number asks who could dial it, and gives it to the first that answers, and to nobody else. */
type Said =
  | { kind: 'who'; asked: string; user_id: string }
  | { kind: 'me'; asked: string; phone: string }
  | { kind: 'dial'; phone: string; number: string }

const name = 'clinicacrm.dial'
/** Where a telephone is known to be open, even on a busy machine: a call must not begin at the computer's own instead. */
const patienceMs = 3_000
/** Where it cannot be known, which browsers tell over https only: shorter than anybody notices. */
const guessMs = 250
const dialers = new Set<Dial>()

/** Calls back when somebody wants to call a number, in this page or in another one of theirs. */
export function onDial(dialer: Dial): () => void {
  dialers.add(dialer)
  const phone = newKey()
  const others = new BroadcastChannel(name)
  const withdraw = beKnown(whoIsKnown()?.user.id)
  others.addEventListener('message', ({ data: said }: MessageEvent<Said>) => {
    if (said.kind === 'who' && said.user_id === whoIsKnown()?.user.id)
      others.postMessage({ kind: 'me', asked: said.asked, phone } satisfies Said)
    if (said.kind === 'dial' && said.phone === phone) dialer(said.number)
  })
  return () => {
    dialers.delete(dialer)
    withdraw()
    others.close()
  }
}

const lockOf = (userId: string) => `${name}:${userId}`

/** Whether a telephone is open the browser itself can say then, however busy its page is. */
function beKnown(userId: string | undefined): () => void {
  const left = Promise.withResolvers<void>()
  if (userId) void navigator.locks?.request(lockOf(userId), { mode: 'shared' }, () => left.promise)
  return left.resolve
}

/** How long to wait for the answer of a telephone. */
async function patienceFor(userId: string): Promise<number> {
  const locks = await navigator.locks?.query()
  if (!locks) return guessMs
  return locks.held?.some((lock) => lock.name === lockOf(userId)) ? patienceMs : 0
}

let last = { number: '', at: -Infinity }
const sameClickMs = 2_000

/**
 * For the click on a `tel:` link, which whoever asks has stopped: a telephone that is open in this browser gets the number,
 * the computer's own where there is none. A second click right after is the same wish. Answers whether a telephone of ours
 * took it.
 */
export async function dial(number: string, telHref: string): Promise<boolean> {
  const now = performance.now()
  if (last.number === number && now - last.at < sameClickMs) return false
  last = { number, at: now }
  // Platforms are promised whole numbers; what begins otherwise is for who knows the house.
  const isTaken = number.startsWith('+') && (await offer(number))
  if (!isTaken) location.assign(telHref)
  return isTaken
}

async function offer(number: string): Promise<boolean> {
  const [own] = dialers
  if (own) {
    own(number)
    return true
  }
  const user = whoIsKnown()
  return user ? dialElsewhere(number, user.user.id) : false
}

async function dialElsewhere(number: string, userId: string): Promise<boolean> {
  const patience = await patienceFor(userId)
  if (patience === 0) return false
  const others = new BroadcastChannel(name)
  const asked = newKey()
  try {
    const phone = await new Promise<string | null>((resolve) => {
      others.addEventListener('message', ({ data: said }: MessageEvent<Said>) => {
        if (said.kind === 'me' && said.asked === asked) resolve(said.phone)
      })
      others.postMessage({ kind: 'who', asked, user_id: userId } satisfies Said)
      setTimeout(() => resolve(null), patience)
    })
    if (phone) others.postMessage({ kind: 'dial', phone, number } satisfies Said)
    return phone !== null
  } finally {
    others.close()
  }
}
