import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { listenToAsterisk } from './asterisk-link.ts'

let server: Server
const stopping: AbortController[] = []
afterEach(async () => {
  for (const one of stopping.splice(0)) one.abort()
  server.close()
  await once(server, 'close')
})

const pace = { connectMs: 200, pingMs: 30, firstWaitMs: 10, longestWaitMs: 40 }
const ok = (id: string, more = '') => `Response: Success\r\nActionID: ${id}\r\n${more}\r\n`

/** Answers each action with what the test says; null says nothing. */
async function listen(answer: (action: string, socket: Socket, connection: number) => string | null) {
  let connections = 0
  server = createServer((socket) => {
    const connection = ++connections
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      for (const [, action = ''] of bytes.toString().matchAll(/^Action: (\w+)/gm)) {
        const said = answer(action, socket, connection)
        if (said) socket.write(said)
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const hearing = {
    onMessage: vi.fn<(message: object) => void>(),
    onReady: vi.fn<() => void>(),
    say: vi.fn<(sentence: string) => void>(),
  }
  const stop = new AbortController()
  stopping.push(stop)
  const asterisk = { host: '127.0.0.1', port, user: 'crm', secret: async () => 'secret' }
  return { hearing, ended: listenToAsterisk(asterisk, hearing, { signal: stop.signal, pace }), stop }
}
const signsIn = (action: string) =>
  action === 'Challenge' ? ok('challenge', 'Challenge: 1\r\n') : action === 'Login' ? ok('login') : null

test('a connection that died without a word is noticed, and made anew', async () => {
  const { hearing } = await listen((action, _socket, connection) =>
    action === 'Ping' && connection > 1 ? ok('ping') : signsIn(action),
  )
  await vi.waitFor(() => expect(hearing.onReady).toHaveBeenCalledTimes(2))
  expect(hearing.say).toHaveBeenCalledWith(expect.stringContaining('it fell silent'))
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(hearing.onReady).toHaveBeenCalledTimes(2)
})

test('whoever takes the connection and says nothing is given up on', async () => {
  const { hearing } = await listen(() => null)
  await vi.waitFor(() => expect(hearing.say).toHaveBeenCalledWith(expect.stringContaining('it does not answer')))
  expect(hearing.onReady).not.toHaveBeenCalled()
})

test('a refusal is final at first, and passes when it had been accepted before', async () => {
  const first = await listen((action) =>
    action === 'Login' ? 'Response: Error\r\nActionID: login\r\n\r\n' : signsIn(action),
  )
  await expect(first.ended).rejects.toThrow('Asterisk refuses this user and secret')
  server.close()
  await once(server, 'close')
  const later = await listen((action, socket, connection) => {
    if (action === 'CoreShowChannels' && connection === 1) socket.end()
    return action === 'Login' && connection === 2 ? 'Response: Error\r\nActionID: login\r\n\r\n' : signsIn(action)
  })
  await vi.waitFor(() => expect(later.hearing.onReady).toHaveBeenCalledTimes(2))
  expect(later.hearing.say).toHaveBeenCalledWith(expect.stringContaining('it refuses the sign-in'))
})

test('nothing is heard before the sign-in', async () => {
  const event = 'Event: Hangup\r\nUniqueid: 1\r\n\r\n'
  const { hearing } = await listen((action) =>
    action === 'CoreShowChannels' ? event : event + (signsIn(action) ?? ''),
  )
  await vi.waitFor(() => expect(hearing.onMessage).toHaveBeenCalled())
  expect(hearing.onMessage.mock.calls.filter(([message]) => 'challenge' in message)).toEqual([])
})
