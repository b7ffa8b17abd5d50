/** Found cases, for a short while. Who was not found may be a new case a minute later, so that is never kept. */
export type Hits<T> = {
  get(name: string): T | undefined
  set(name: string, hit: T): void
  clear(): void
}

export function createHits<T>({ seconds, entries }: { seconds: number; entries: number }): Hits<T> {
  // In the order of their last use: a Map keeps the order in which names were put in.
  const kept = new Map<string, { hit: T; since: number }>()

  /** All of them, at every use: what is over must not lie in memory until somebody asks for it. */
  function sweep() {
    // The clock of the wall, since a frozen Lambda's other clock stands still; one that was set back ends them all.
    const now = Date.now()
    for (const [name, { since }] of kept) if (now < since || now - since >= seconds * 1000) kept.delete(name)
  }

  return {
    get(name) {
      sweep()
      const entry = kept.get(name)
      if (!entry) return undefined
      kept.delete(name)
      kept.set(name, entry)
      return structuredClone(entry.hit)
    },
    set(name, hit) {
      sweep()
      if (seconds === 0 || entries === 0) return
      kept.delete(name)
      kept.set(name, { hit: structuredClone(hit), since: Date.now() })
      const [first] = kept.keys()
      if (kept.size > entries && first !== undefined) kept.delete(first)
    },
    clear: () => kept.clear(),
  }
}
