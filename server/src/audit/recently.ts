type Options = {
  forMs: number
  /** Beyond so many the oldest is forgotten: then something is new once too often, never once too seldom. */
  max: number
}

/** What happened a moment ago, by name, in the memory of this process. */
export class Recently {
  /** When each was new. A map keeps the order of insertion: the oldest stands first. */
  readonly #since = new Map<string, number>()
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
  }

  /** Whether this did not happen within the time, counted from when it was new. */
  isNew(name: string): boolean {
    const now = performance.now()
    const since = this.#since.get(name)
    if (since !== undefined && now - since < this.#options.forMs) return false
    // As the newest it stands last.
    this.#since.delete(name)
    this.#makeRoom(now)
    this.#since.set(name, now)
    return true
  }

  #makeRoom(now: number) {
    for (const [name, since] of this.#since) {
      if (now - since < this.#options.forMs && this.#since.size < this.#options.max) return
      this.#since.delete(name)
    }
  }
}
