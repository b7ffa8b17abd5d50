import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import vm from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDemo } from '../demo.ts'
import { type Clinic, openClinic } from '../testing/harness.ts'

/*
 * The integration guide, run as it stands: its own code, with only the host and the key swapped, against a real server.
 * What the guide calls and no platform ships (openScreenPop, showNewLeadForm, five9) records what it was given.
 */

const guide = readFileSync(new URL('../../../docs/ccaas-integration-guide.md', import.meta.url), 'utf8')
const known = '+39 06 2222 4444'
const unknown = '+391234567890'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic({ clinics: [] })
  await loadDemo(clinic.work)
})
afterAll(() => clinic.close())

/** The code blocks of a language under a heading. */
function blocks(heading: string, language: string): string[] {
  const section = guide.split(/^#{2,4} /m).find((text) => text.startsWith(heading)) ?? ''
  return [...section.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code = '']) =>
    code.replaceAll('https://crm-gules-six.vercel.app', clinic.url).replaceAll('your-api-key-here', clinic.key),
  )
}

/** Runs a sample in a context of its own and calls one of its functions. */
function run(code: string, call: string, platform: Record<string, unknown> = {}) {
  const failures: unknown[] = []
  const context = vm.createContext({
    ...platform,
    fetch,
    encodeURIComponent,
    console: { error: (...words: unknown[]) => failures.push(words) },
    process: { env: { CRM_API_KEY: clinic.key } },
    exports: {},
  })
  const result: unknown = vm.runInContext(
    `${code.replace(/https:\/\/[^`'"]*vercel\.app/g, clinic.url)}\n;${call}`,
    context,
  )
  return { result, failures }
}

const popped = {
  caseId: '9',
  patientName: 'Antonio Dorato',
  caseStatus: 'APPUNTAMENTO',
  clinic: 'Centro Oculistico Roma',
  treatment: 'SMILE Surgery',
  screenPopUrl: 'https://crm.example/it/cases/9',
}

describe('the guide’s samples, as written', () => {
  test('Genesys Cloud opens the case, or the new lead form', async () => {
    const [code = ''] = blocks('1. Genesys Cloud', 'javascript')
    const opened: unknown[] = []
    const platform = {
      openScreenPop: (pop: unknown) => opened.push(pop),
      showNewLeadForm: (phone: string) => opened.push(phone),
    }
    for (const from of [known, unknown]) run(code, `handleIncomingCall({ from: '${from}' })`, platform)
    await expect.poll(() => opened.length).toBe(2)
    expect(opened).toContainEqual(popped)
    expect(opened).toContain(unknown)
  })

  test('Amazon Connect’s Lambda returns the case, or says that there is none', async () => {
    const [code = ''] = blocks('2. Amazon Connect', 'javascript')
    const event = (phone: string) => `exports.handler({ Details: { Parameters: { CustomerPhoneNumber: '${phone}' } } })`
    const hit = await run(code, event(known)).result
    expect(hit).toEqual({ statusCode: 200, body: { caseFound: true, ...popped } })
    const miss = await run(code, event(unknown)).result
    expect(miss).toEqual({
      statusCode: 200,
      body: { caseFound: false, message: `No case found for phone number: ${unknown}` },
    })
  })

  test('Twilio Flex puts the case on the task and opens it', async () => {
    const [code = ''] = blocks('3. Twilio Flex', 'javascript')
    const set: unknown[] = []
    const context = {
      task: { attributes: { from: known }, setAttributes: (attributes: unknown) => set.push(attributes) },
    }
    run(code, 'handleIncomingCall(context)', { context, openScreenPop: (data: unknown) => set.push(data) })
    await expect.poll(() => set.length).toBe(2)
    expect(set[0]).toEqual({ from: known, ...popped })
    expect(set[1]).toMatchObject({ found: true, case_id: '9' })
  })

  test('Five9 pops the case with its data', async () => {
    const [code = ''] = blocks('4. Five9', 'javascript')
    const pops: unknown[] = []
    run(code, `onCallReceived({ ani: '${known}' })`, { five9: { screenPop: (pop: unknown) => pops.push(pop) } })
    const { screenPopUrl: url, ...data } = popped
    await expect.poll(() => pops).toEqual([{ url, data }])
  })

  test('the recommended error handling, with and without its cache, tells hit, miss and mistakes apart', async () => {
    const [lookup = ''] = blocks('Recommended Error Handling', 'javascript')
    const [cache = ''] = blocks('Caching', 'javascript')
    const answer = (call: string, code = lookup) => run(code, call).result
    expect(await answer(`lookupCase('${known}')`)).toMatchObject({ found: true, case_id: '9' })
    expect(await answer(`lookupCase('${unknown}')`)).toEqual({ found: false })
    expect(await answer(`lookupCase('')`)).toEqual({ found: false, error: 'Invalid phone number format' })
    expect(await answer(`lookupCase('${known}')`, lookup.replace(clinic.key, 'wrong'))).toEqual({
      found: false,
      error: 'Authentication failed - check API key',
    })
    expect(await answer(`lookupCaseWithCache('${known}')`, lookup + cache)).toMatchObject({ case_id: '9' })
  })

  test('the test script answers as the guide says, pasted into a shell', async () => {
    const [script = ''] = blocks('Test Script', 'bash')
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      script.replaceAll('curl -X', 'curl -sS -w "\\n%{http_code}\\n" -X'),
    ])
    const lines = stdout.trim().split('\n')
    expect(lines.filter((line) => /^\d{3}$/.test(line))).toEqual(['200', '404', '200'])
    expect(lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line).found)).toEqual([
      true,
      false,
      true,
    ])
  })
})

test('every JavaScript sample of the guide was run above', () => {
  expect(guide.match(/```javascript/g)).toHaveLength(6)
})
