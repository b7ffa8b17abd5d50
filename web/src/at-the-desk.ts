const awayMs = 60_000

/** Loading a page is somebody's doing. */
let touchedAt = performance.now()

if (typeof window !== 'undefined') {
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const) {
    window.addEventListener(kind, () => (touchedAt = performance.now()), { capture: true, passive: true })
  }
}

/** Something else than this page says that somebody sits here: they took a call. */
export const satDown = (): void => void (touchedAt = performance.now())

/**
 * Whether somebody sits here. What a page asks by itself, because a colleague changed something, must not keep a session
 * alive that nobody uses.
 */
export const isAtTheDesk = (): boolean => performance.now() - touchedAt < awayMs
