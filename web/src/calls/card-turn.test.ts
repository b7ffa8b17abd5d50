import { expect, test, vi } from 'vitest'
import { type Seen, takeTurns } from './card-turn.ts'

let calls = 0

/** Tabs of one browser, with the locks they share. */
function browser() {
  const callId = `test-${process.pid}-${calls++}`
  return {
    tab(seen: Seen) {
      const focuses = new Set<() => void>()
      const state = { isShown: false, close: () => undefined as void, focus: () => focuses.forEach((one) => one()) }
      state.close = takeTurns(callId, (isMine) => (state.isShown = isMine), {
        seen,
        locks: navigator.locks,
        onFocus(listener) {
          focuses.add(listener)
          return () => focuses.delete(listener)
        },
      })
      return state
    },
  }
}

const shown = (tabs: { isShown: boolean }[]) => tabs.map(({ isShown }) => isShown)
const patience = { timeout: 2_000, interval: 5 }

test('of several tabs exactly one shows the card: the one somebody sits before', async () => {
  const { tab } = browser()
  const tabs = [tab('hidden'), tab('visible'), tab('focused')]
  await vi.waitFor(() => expect(shown(tabs)).toEqual([false, false, true]), patience)
  await new Promise((resolve) => setTimeout(resolve, 250))
  expect(shown(tabs)).toEqual([false, false, true])
  for (const { close } of tabs) close()
})

test('without one in front, the visible one comes before the hidden one', async () => {
  const { tab } = browser()
  const tabs = [tab('hidden'), tab('visible')]
  await vi.waitFor(() => expect(shown(tabs)).toEqual([false, true]), patience)
  for (const { close } of tabs) close()
})

test('when the tab with the card closes, another takes over', async () => {
  const { tab } = browser()
  const [first, second] = [tab('focused'), tab('hidden')]
  await vi.waitFor(() => expect(first.isShown).toBe(true), patience)
  await new Promise((resolve) => setTimeout(resolve, 200))
  first.close()
  await vi.waitFor(() => expect(second.isShown).toBe(true), patience)
  second.close()
})

test('the card follows whoever goes to another tab, and comes back', async () => {
  const { tab } = browser()
  const tabs = [tab('focused'), tab('visible')]
  await vi.waitFor(() => expect(shown(tabs)).toEqual([true, false]), patience)
  tabs[1]!.focus()
  await vi.waitFor(() => expect(shown(tabs)).toEqual([false, true]), patience)
  tabs[0]!.focus()
  await vi.waitFor(() => expect(shown(tabs)).toEqual([true, false]), patience)
  tabs[0]!.close()
  await vi.waitFor(() => expect(tabs[1]!.isShown).toBe(true), patience)
  tabs[1]!.close()
})

test('without locks, as on a page without TLS, each tab shows it', () => {
  const isShown = vi.fn<(isMine: boolean) => void>()
  const close = takeTurns('7', isShown, { seen: 'hidden', locks: null, onFocus: () => () => undefined })
  expect(isShown).toHaveBeenCalledWith(true)
  close()
})
