import type { LiveEvent } from '@clinicacrm/contract/desk.ts'
import { newEventId } from './live.ts'

/** An event, and the clinics whose people may hear it. */
export type Said = { id: string; event: LiveEvent; clinicIds: readonly string[] }

const maxKept = 1_000

/**
 * The last events, for streams that come back. Every process hears the same ones in the same order, so a stream may come
 * back to another process with the name of the last one it heard.
 */
export class Ring {
  #kept: Said[] = []
  /** What was said last before the first one that is kept. */
  #before = newEventId()

  get newest(): string {
    return this.#kept.at(-1)?.id ?? this.#before
  }

  add(said: Said): void {
    this.#kept.push(said)
    if (this.#kept.length > maxKept) this.#before = this.#kept.shift()!.id
  }

  /** Nobody can go on from before this. */
  forget(): void {
    this.#kept = []
    this.#before = newEventId()
  }

  /** What was said after this one; null when that is no longer known. */
  since(id: string): Said[] | null {
    if (id === this.#before) return this.#kept
    const at = this.#kept.findLastIndex((said) => said.id === id)
    return at === -1 ? null : this.#kept.slice(at + 1)
  }
}
