type Options<T> = {
  everyMs: number
  /** From this many rows on, the batch is full. */
  max: number
  write: (rows: T[]) => Promise<void>
  onError: (error: Error) => void
}

/** A write that failed is not tried again sooner than this. */
const retryMs = 500

/**
 * Rows that are worth writing but not worth a round trip each: collected, written together every so often and on drain.
 * What could not be written is kept and tried again; `full` tells when to stop taking more.
 */
export class Batch<T> {
  #waiting: T[] = []
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> = Promise.resolve()
  readonly #options: Options<T>

  constructor(options: Options<T>) {
    this.#options = options
  }

  get size(): number {
    return this.#waiting.length
  }

  get full(): boolean {
    return this.#waiting.length >= this.#options.max
  }

  add(...rows: T[]): void {
    if (!rows.length) return
    this.#waiting.push(...rows)
    this.#flushIn(this.#options.everyMs)
  }

  /** Writes what waits; resolves when it is written or kept for the next attempt. */
  flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  async #write() {
    if (!this.#waiting.length) return
    const rows = this.#waiting
    this.#waiting = []
    try {
      await this.#options.write(rows)
    } catch (error) {
      this.#waiting = rows.concat(this.#waiting)
      this.#flushIn(Math.max(this.#options.everyMs, retryMs))
      this.#options.onError(error as Error)
    }
  }

  // Unreferenced: a program that stops while the database is away must be able to end.
  #flushIn(ms: number) {
    this.#timer ??= setTimeout(() => void this.flush(), ms).unref()
  }
}
