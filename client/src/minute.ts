const minuteMs = 60_000

/** Never more than so many requests in any 60 seconds, wherever in the CRM's own minute they fall. */
export type Minute = {
  /** Takes one of them; 0, or the seconds until there is one. */
  take(): number
  /** The CRM said how long to wait. */
  pause(seconds: number): void
}

export function createMinute(perMinute: number): Minute {
  const sent = Array.from({ length: perMinute }, () => -Infinity)
  let oldest = 0
  let pausedUntil = -Infinity

  return {
    take() {
      const now = Date.now()
      const wait = Math.max(pausedUntil - now, sent[oldest]! + minuteMs - now)
      // A clock that was set back would otherwise lock the caller out for as long.
      if (wait > 0 && wait <= minuteMs) return Math.ceil(wait / 1000)
      sent[oldest] = now
      oldest = (oldest + 1) % perMinute
      return 0
    },
    pause(seconds) {
      pausedUntil = Date.now() + Math.min(seconds * 1000, minuteMs)
    },
  }
}
