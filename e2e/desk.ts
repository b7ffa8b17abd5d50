import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import type { Role } from '@clinicacrm/contract/permissions.ts'
import { type Program, startProgram } from './program.ts'

type Fixtures = {
  /** Whose browser it is; null: nobody signed in. */
  role: Role | null
  /** The page of that person, on the worker's own demo. */
  desk: Desk
}

/** A person's browser on the demo. */
export type Desk = {
  page: Page
  program: Program
  /** Opens a page of the app, `/it/cases/9`. */
  open(path: string): Promise<void>
  /** Asks the API as this person. */
  ask<T = unknown>(method: string, path: string, data?: unknown): Promise<T>
}

export const test = base.extend<Fixtures, { program: Program }>({
  program: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's names
    async ({}, use) => {
      const program = await startProgram('demo')
      await use(program)
      await program.stop()
    },
    { scope: 'worker' },
  ],
  role: ['owner', { option: true }],
  desk: async ({ page, program, role }, use) => {
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content.Security|Minified React|Uncaught/i.test(message.text()))
        faults.push(message.text())
    })
    const desk = deskOf(page, program)
    if (role) await desk.ask('POST', '/api/session/demo', { role })
    await use(desk)
    expect(faults, 'the browser reported faults').toEqual([])
  },
})

export function deskOf(page: Page, program: Program): Desk {
  return {
    page,
    program,
    open: async (path) => void (await page.goto(program.url + path)),
    async ask<T>(method: string, path: string, data?: unknown) {
      const headers = { origin: program.url, 'x-clinicacrm': '1' }
      const asking = () =>
        page.request.fetch(program.url + path, { method, headers, ...(data !== undefined && { data }) })
      let response = await asking()
      // Turned away at the door or by a busy database: nothing was done, and a busy machine is not what is tested.
      for (let tries = 0; response.status() === 503 && tries < 10; tries++) {
        await page.waitForTimeout(500)
        response = await asking()
      }
      expect(response.ok(), `${method} ${path}: ${response.status()} ${await response.text()}`).toBe(true)
      return (response.status() === 204 ? undefined : await response.json()) as T
    },
  }
}

/** No violation of WCAG 2.2 AA that a machine can see, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    const found = violations.map(
      ({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
    )
    expect(found).toEqual([])
  }
}

export { expect } from '@playwright/test'
