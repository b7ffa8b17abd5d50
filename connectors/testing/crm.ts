import type { TestProject } from 'vitest/node'
import { startProgram } from '../../e2e/program.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The running demo, and its key, which has every scope. */
    crm: { url: string; key: string }
  }
}

/** One running demo for all live tests: what an administrator connects a platform to. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const program = await startProgram('demo', {
    DEMO_API_KEY_LIMIT: '100000',
    // Platforms' own interfaces are played by servers of the tests.
    OUTGOING_ALLOWED_HOSTS: '127.0.0.1',
  })
  project.provide('crm', { url: program.url, key: program.key })
  return () => program.stop()
}
