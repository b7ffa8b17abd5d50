import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { main } from './cli.ts'
import { type Clinic, openClinic } from './testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic()
  await clinic.signsIn('agent', { email: 'giulia@clinic.example' })
})
afterAll(() => clinic.close())
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})

async function call(...argv: string[]) {
  const said: string[] = []
  const listen = (text: unknown) => said.push(String(text)) > 0
  vi.spyOn(process.stdout, 'write').mockImplementation(listen)
  vi.spyOn(process.stderr, 'write').mockImplementation(listen)
  await main(['call', '--fast', '--url', clinic.url, '--key', clinic.key, ...argv])
  return said.join('')
}
const lastCall = async () =>
  (await clinic.rows('select state, result, match, from_text from calls order by id desc limit 1'))[0]

test('a call rings at an agent, is answered and ends, and each step says what came of it', async () => {
  const said = await call('+39 06 2222 9999', '--agent', 'giulia@clinic.example')
  expect(said).toMatch(/ringing .*waits for giulia@clinic\.example · nobody known/)
  expect(said).toMatch(/answered .*\n.*ended .*answered/)
  expect(await lastCall()).toMatchObject({ state: 'ended', result: 'answered', from_text: '+39 06 2222 9999' })
})

test.each([
  ['withheld', { match: 'withheld', result: 'answered' }],
  ['missed', { result: 'missed' }],
  ['voicemail', { result: 'voicemail' }],
  ['transfer', { result: 'answered' }],
])('%s', async (scenario, wanted) => {
  await call('--scenario', scenario)
  expect(await lastCall()).toMatchObject({ state: 'ended', ...wanted })
})

test('what is missing is said in a sentence', async () => {
  expect(await call('--key', 'wrong')).toContain('does not know this key')
  expect(process.exitCode).toBe(1)
  expect(await call('--url', 'http://127.0.0.1:1')).toContain('does not answer at http://127.0.0.1:1')
  expect(await call('--url', 'nowhere')).toContain('--url must be an address')
})

test('a server that is busy is asked again after the time it names', async () => {
  const asked = vi.fn<typeof fetch>()
  const real = fetch
  asked.mockResolvedValueOnce(new Response('busy', { status: 503, headers: { 'retry-after': '0.01' } }))
  asked.mockImplementation((...question) => real(...question))
  vi.stubGlobal('fetch', asked)
  expect(await call('--scenario', 'missed')).toMatch(/missed/)
  vi.unstubAllGlobals()
  expect(asked).toHaveBeenCalledTimes(4)
  expect(await lastCall()).toMatchObject({ state: 'ended', result: 'missed' })
})
