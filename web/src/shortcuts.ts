import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { storage } from './storage.ts'

/** `general` works everywhere, `page` belongs to what is open, `call` to a call just now; the help shows them apart. */
export type Shortcut = { keys: string; description: string; scope: (typeof shortcutScopes)[number] }
/** Of two with the same keys, the later in this list counts. */
export const shortcutScopes = ['general', 'page', 'call'] as const
type Registered = Shortcut & { run(): void }

let registered: readonly Registered[] = []
const watchers = new Set<() => void>()
const singleKeysOff = 'clinicacrm.single_keys_off'

/**
 * Runs `action` on these keys: one (`n`, `?`), several in turn (`g c`) or with Ctrl or ⌘ (`mod+k`). Nothing happens while
 * somebody types, nor behind a dialog, except with `mod`. The help lists what is registered.
 */
export function useShortcut(
  keys: string,
  action: () => void,
  {
    description,
    scope = 'page',
    enabled = true,
  }: { description: string; scope?: Shortcut['scope']; enabled?: boolean },
): void {
  const run = useEffectEvent(action)
  useEffect(() => {
    if (!enabled) return
    const shortcut = { keys, description, scope, run: () => run() }
    change([...registered, shortcut])
    return () => change(registered.filter((other) => other !== shortcut))
  }, [keys, description, scope, enabled])
}

/** What is registered now, for the help. */
export const useShortcuts = (): readonly Shortcut[] => useSyncExternalStore(watch, () => registered)

/** Keys without Ctrl can be turned off by who dictates or whose hands slip (WCAG 2.1.4). */
export const useSingleKeysOn = (): boolean => useSyncExternalStore(watch, singleKeysOn)

export function turnSingleKeys(on: boolean): void {
  if (on) storage.remove(singleKeysOff)
  else storage.set(singleKeysOff, '1')
  change([...registered])
}

/** How keys are written on this machine's keyboard: `Ctrl`, `K`. */
export function keysShown(keys: string, isApple = /Mac|iP(hone|ad|od)/.test(navigator.platform)): string[] {
  return keys.split(' ').flatMap((step) => {
    const parts = step.split('+')
    return parts.map((part) => (part === 'mod' ? (isApple ? '⌘' : 'Ctrl') : (named[part] ?? part.toUpperCase())))
  })
}

const named: Record<string, string> = { enter: '⏎', escape: 'Esc' }

/** Listens from now on; the answer stops it. */
export function listenForShortcuts(): () => void {
  const press = keyReader(() => (singleKeysOn() ? registered : registered.filter(({ keys }) => keys.includes('mod+'))))
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const isBusy = isTyping(event.target) || document.querySelector('[aria-modal="true"]') !== null
    const shortcut = press(event, isBusy)
    if (!shortcut) return
    event.preventDefault()
    shortcut.run()
  }
  window.addEventListener('keydown', listen)
  return () => window.removeEventListener('keydown', listen)
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>
const patienceMs = 1_000

/** Reads keys one by one and says which shortcut they complete; the one registered last wins. */
export function keyReader<S extends Pick<Shortcut, 'keys'>>(known: () => readonly S[], now = () => Date.now()) {
  let begun = { steps: '', at: 0 }

  return (event: Key, isBusy: boolean): S | undefined => {
    const step = stepOf(event)
    if (!step || event.repeat || (isBusy && !step.startsWith('mod+'))) return undefined
    const before = now() - begun.at < patienceMs ? begun.steps : ''
    begun = { steps: '', at: 0 }
    for (const steps of before ? [`${before} ${step}`, step] : [step]) {
      const found = known().findLast(({ keys }) => keys === steps)
      if (found) return found
      if (known().some(({ keys }) => keys.startsWith(`${steps} `))) {
        begun = { steps, at: now() }
        return undefined
      }
    }
    return undefined
  }
}

function stepOf({ key, ctrlKey, metaKey, altKey }: Key) {
  if (key.length > 1 && !(key.toLowerCase() in named)) return null
  if (ctrlKey || metaKey) return altKey ? null : `mod+${key.toLowerCase()}`
  return altKey ? null : key.toLowerCase()
}

function isTyping(target: EventTarget | null) {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select, [role="listbox"], [role="menu"]') !== null
}

const singleKeysOn = () => storage.get(singleKeysOff) === null

function watch(watcher: () => void) {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

function change(next: readonly Registered[]) {
  // A page may give a general key a meaning of its own, whichever of the two was there first; a call goes before both.
  registered = shortcutScopes.flatMap((scope) => next.filter((one) => one.scope === scope))
  for (const watcher of watchers) watcher()
}
