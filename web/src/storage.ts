type Kept = {
  get(name: string): string | null
  set(name: string, value: string): void
  remove(name: string): void
  names(): string[]
}

/** What this browser keeps for us. A page that embeds us may forbid it, or it may be full: then things live as long as the page. */
export const storage: Kept = {
  get: (name) => trying(() => localStorage.getItem(name)) ?? null,
  set: (name, value) => trying(() => localStorage.setItem(name, value)),
  remove: (name) => trying(() => localStorage.removeItem(name)),
  names: () => trying(() => Object.keys(localStorage)) ?? [],
}

function trying<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
