import { connect } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../testing/harness.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic()
})
afterAll(() => clinic.close())

/** Sends so many requests on one connection without waiting for answers; resolves to all that came back. */
function pipeline(count: number): Promise<string> {
  const { hostname, port } = new URL(clinic.url)
  const request = `GET /api/cases?limit=1 HTTP/1.1\r\nHost: crm.example\r\nx-api-key: ${clinic.key}\r\n\r\n`
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request.repeat(count)))
    let answers = ''
    socket.on('data', (chunk) => {
      answers += chunk.toString()
      // A head is whole with its blank line; the last body may still be on its way.
      if (answers.split('\r\n\r\n').length > count) socket.end(() => resolve(answers))
    })
    socket.on('error', reject)
  })
}

test('who comes on top of what can be answered soon is turned away at once, and the next is let in again', async () => {
  const locker = new pg.Client(clinic.connection)
  await locker.connect()
  await locker.query('begin; lock table cases')
  const answers = (await Promise.all(Array.from({ length: 20 }, () => pipeline(80)))).join('')
  await locker.query('rollback')
  await locker.end()
  // On a busy machine some of the first are over before the last arrive.
  const count = (text: string) => answers.split(text).length - 1
  expect(count('The server is busy. Try again in a second.')).toBeGreaterThanOrEqual(100)
  expect([count('HTTP/1.1 503 '), count('retry-after: 1\r\n')]).toEqual([1_600, 1_600])
  const metrics = await (await fetch(`${clinic.url}/api/metrics`)).text()
  expect(Number(/clinicacrm_shed_total\{why="in_flight"\} (\d+)/.exec(metrics)?.[1])).toBeGreaterThanOrEqual(100)
  await expect.poll(async () => (await clinic.ask('GET', '/api/cases')).status, { timeout: 5_000 }).toBe(200)
})

test('while the process is late with everything, it still hears that a phone rings', async () => {
  const late = { 'x-api-key': clinic.key, 'content-type': 'application/json' }
  const ask = (path: string, body?: object) =>
    fetch(clinic.url + path, {
      method: body ? 'POST' : 'GET',
      headers: late,
      ...(body && { body: JSON.stringify(body) }),
    })
  const answers: number[][] = []
  // What counts is the mean delay of a quarter of a second: one long stall outweighs the short ones beside it.
  while (answers.length < 15 && answers.at(-1)?.[0] !== 503) {
    const until = performance.now() + 3_000
    while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 20))
    const call = { provider: 'api', call_id: `late-${answers.length}`, event: 'ringing', from: '+39 347 555 0100' }
    const [cases, event] = await Promise.all([ask('/api/cases?limit=1'), ask('/api/calls/events', call)])
    answers.push([cases.status, event.status])
  }
  expect(answers.at(-1)).toEqual([503, 200])
  expect(answers.every(([, event]) => event === 200)).toBe(true)
}, 60_000)
