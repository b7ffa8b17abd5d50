import { preloaded } from './preloaded.ts'
import { usePreference } from './use-preference.ts'

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'

/**
 * Whether an answered call's case opens at once; some rather keep the page they are on. A panel in a platform's frame has
 * no page to open it in.
 */
export function useOpensOnAnswer() {
  const [opens, setOpens] = usePreference('opens_on_answer', isBoolean, true)
  return [opens && preloaded.frame === null, setOpens] as const
}
