import { preloaded } from './preloaded.ts'
import { whoIsKnown } from './session.ts'

/** The card of a call: who it is, once that is clear, and the whole address of where it leads. */
export type ShownCard = { provider: string; call_id: string; name: string | null; url: string }
type Told = { user_id: string; card: ShownCard }

const name = 'clinicacrm.cards'
const cards = new Map<string, ShownCard>()
const listeners = new Set<(card: ShownCard) => void>()

const keyOf = ({ provider, call_id }: ShownCard) => JSON.stringify([provider, call_id])

/** A card is on the screen; what is returned says that it no longer is. */
export function cardShown(card: ShownCard): () => void {
  const key = keyOf(card)
  cards.set(key, card)
  for (const listener of listeners) listener(card)
  tellOthers(card)
  return () => {
    if (cards.get(key) === card) cards.delete(key)
  }
}

/** The window with the telephone shows no cards itself. A platform's frame is nobody's business but its own. */
function tellOthers(card: ShownCard) {
  const user = whoIsKnown()
  if (preloaded.frame || !user) return
  const others = new BroadcastChannel(name)
  others.postMessage({ user_id: user.user.id, card } satisfies Told)
  others.close()
}

/**
 * Calls back for each card, those already there included, and again when it says more than before. However many tabs show
 * it, it is told once.
 */
export function onCardShown(listener: (card: ShownCard) => void): () => void {
  const last = new Map<string, string>()
  const once = (card: ShownCard) => {
    const said = JSON.stringify([card.name, card.url])
    if (last.get(keyOf(card)) === said) return
    last.set(keyOf(card), said)
    listener(card)
  }
  for (const card of cards.values()) once(card)
  listeners.add(once)
  const leave = preloaded.frame ? null : hearOthers(once)
  return () => {
    listeners.delete(once)
    leave?.()
  }
}

function hearOthers(listener: (card: ShownCard) => void) {
  const others = new BroadcastChannel(name)
  others.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    if (data.user_id === whoIsKnown()?.user.id) listener(data.card)
  })
  return () => others.close()
}
