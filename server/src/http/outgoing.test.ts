import { createServer } from 'node:http'
import { type AddressInfo, createServer as createNetServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { openReceiver, type Receiver } from '../testing/receiver.ts'
import { createOutgoing, type OutgoingError, type Resolve } from './outgoing.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await openReceiver()
})
afterAll(() => receiver.close())

const allowing = (...outgoingAllowedHosts: string[]) => createOutgoing({ outgoingAllowedHosts })
const resolvingTo = (addresses: string[], ...outgoingAllowedHosts: string[]) =>
  createOutgoing({ outgoingAllowedHosts }, { resolve: () => Promise.resolve(addresses) })
const failureOf = async (sent: Promise<unknown>) =>
  sent.then(
    () => 'sent',
    (error: OutgoingError) => [error.failure, error.detail].filter(Boolean).join(' '),
  )

describe('an address that nobody allowed', () => {
  test.each([
    ['not an address', 'scheme'],
    ['ftp://hooks.example/x', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['http://hooks.example/x', 'scheme'],
    ['https://me:secret@hooks.example/x', 'credentials'],
    ['https://hooks.example:22/x', 'port'],
    ['https://hooks.example:80/x', 'port'],
    ['https://127.0.0.1/x', 'address'],
    ['https://127.1/x', 'address'],
    ['https://0x7f000001/x', 'address'],
    ['https://2130706433/x', 'address'],
    ['https://0/x', 'address'],
    ['https://localhost/x', 'address'],
    ['https://localhost./x', 'address'],
    ['https://10.1.2.3/x', 'address'],
    ['https://172.31.255.255/x', 'address'],
    ['https://192.168.1.1/x', 'address'],
    ['https://100.100.100.200/x', 'address'],
    ['https://169.254.169.254/latest/meta-data', 'address'],
    ['https://168.63.129.16/x', 'address'],
    ['https://224.0.0.1/x', 'address'],
    ['https://255.255.255.255/x', 'address'],
    ['https://[::1]/x', 'address'],
    ['https://[::]/x', 'address'],
    ['https://[::ffff:127.0.0.1]/x', 'address'],
    ['https://[::ffff:8.8.8.8]/x', 'address'],
    ['https://[::127.0.0.1]/x', 'address'],
    ['https://[64:ff9b::7f00:1]/x', 'address'],
    ['https://[2002:7f00:1::]/x', 'address'],
    ['https://[2001:0:1::]/x', 'address'],
    ['https://[2001:db8::1]/x', 'address'],
    ['https://[fe80::1]/x', 'address'],
    ['https://[fec0::1]/x', 'address'],
    ['https://[fd00:ec2::254]/x', 'address'],
    ['https://[ff02::1]/x', 'address'],
  ])('%s is refused: %s', async (url, problem) => {
    const outgoing = createOutgoing(
      { outgoingAllowedHosts: [] },
      { resolve: (host) => Promise.resolve(host === 'localhost' ? ['127.0.0.1', '::1'] : ['8.8.8.8']) },
    )
    expect(await outgoing.problemOf(url)).toBe(problem)
    expect(await failureOf(outgoing.send({ url }))).toBe(problem)
  })

  test.each([
    'https://hooks.example/x',
    'https://hooks.example:8443/x',
    'https://8.8.8.8/x',
    'https://[2606:4700::1111]/x',
  ])('is none at %s', async (url) =>
    expect(await resolvingTo(['8.8.8.8', '2606:4700::1111']).problemOf(url)).toBeNull(),
  )

  test('hides behind no name, also where only one of several addresses is private', async () => {
    for (const addresses of [['10.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['8.8.8.8', '::1'], ['fd00::1']]) {
      expect(await resolvingTo(addresses).problemOf('https://hooks.example/x')).toBe('address')
      expect(await failureOf(resolvingTo(addresses).send({ url: 'https://hooks.example/x' }))).toBe('address')
    }
  })
})

describe('what the operator allows', () => {
  test.each([['127.0.0.1'], ['127.0.0.0/8'], ['hooks.internal'], [`hooks.internal:${0}`]])(
    '%s is reached, in the clear too',
    async (allowed) => {
      const entry = allowed.replace(/:0$/, `:${receiver.port}`)
      const outgoing = resolvingTo(['127.0.0.1'], entry)
      const host = allowed.startsWith('hooks') ? 'hooks.internal' : '127.0.0.1'
      const url = `http://${host}:${receiver.port}/x`
      expect(await outgoing.problemOf(url)).toBeNull()
      expect((await outgoing.send({ url, body: '{}' })).status).toBe(204)
      expect(receiver.received.at(-1)!.headers.host).toBe(`${host}:${receiver.port}`)
    },
  )

  test.each([
    ['127.0.0.1:1', 'scheme'],
    ['10.0.0.0/8', 'scheme'],
    ['other.internal', 'scheme'],
    ['internal', 'scheme'],
  ])('%s allows no other', async (allowed, problem) => {
    const outgoing = resolvingTo(['127.0.0.1'], allowed)
    expect(await outgoing.problemOf(`http://hooks.internal:${receiver.port}/x`)).toBe(problem)
  })

  test('is read at the start, or the program does not start', () => {
    const read = (OUTGOING_ALLOWED_HOSTS: string) =>
      readConfig('serve', { OUTGOING_ALLOWED_HOSTS }).outgoingAllowedHosts
    expect(read('')).toEqual([])
    expect(read('hooks.internal:8080, 10.0.0.0/8,[::1]:80, fd00::/8')).toEqual([
      'hooks.internal:8080',
      '10.0.0.0/8',
      '[::1]:80',
      'fd00::/8',
    ])
    for (const wrong of [
      'https://hooks.internal',
      'a b',
      '10.0.0.0/33',
      'host:99999',
      'host/8',
      '[::1',
      '10.0.0.0/',
      ',',
    ])
      expect(() => read(wrong), wrong).toThrow(/OUTGOING_ALLOWED_HOSTS/)
  })
})

test('a name that says something else a moment later gains nothing: the connection goes where was looked', async () => {
  const answers = [['127.0.0.1'], ['10.0.0.9'], ['169.254.169.254']]
  let asked = 0
  const resolve: Resolve = () => Promise.resolve(answers[asked++] ?? ['10.0.0.9'])
  const outgoing = createOutgoing({ outgoingAllowedHosts: ['127.0.0.1'] }, { resolve })
  const url = `http://rebound.example:${receiver.port}/x`
  expect((await outgoing.send({ url, body: '{}' })).status).toBe(204)
  expect(asked).toBe(1)
  expect(await failureOf(outgoing.send({ url }))).toBe('scheme')
  expect(asked).toBe(2)
})

test('a redirect is an answer and is not followed', async () => {
  receiver.answers(() => ({ status: 302, headers: { location: receiver.url }, body: 'over there' }))
  const before = receiver.received.length
  const reply = await allowing('127.0.0.1').send({ url: receiver.url, body: '{}' })
  receiver.answers(() => ({ status: 204 }))
  expect([reply.status, reply.text]).toEqual([302, 'over there'])
  expect(receiver.received.length).toBe(before + 1)
})

test('no more of an answer is read than asked for', async () => {
  const server = createServer((_request, response) => {
    const write = () => {
      while (response.write('x'.repeat(65_536)));
      response.once('drain', write)
    }
    write()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const reply = await allowing('127.0.0.1').send({ url, maxBytes: 1_000 })
  expect([reply.status, reply.text.length, reply.complete]).toEqual([200, 1_000, false])
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

test('who never answers, or drips, is left in time; what a status said counts', async () => {
  const silent = createNetServer(() => undefined)
  const dripping = createNetServer((socket) => {
    socket.on('error', () => undefined)
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n')
    const drip = setInterval(() => socket.write('x'), 20)
    socket.on('close', () => clearInterval(drip))
  })
  const ports: number[] = []
  for (const server of [silent, dripping]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    ports.push((server.address() as AddressInfo).port)
  }
  const outgoing = allowing('127.0.0.1')
  const startedAt = performance.now()
  expect(await failureOf(outgoing.send({ url: `http://127.0.0.1:${ports[0]}/`, timeoutMs: 200 }))).toBe('timeout')
  const { status, complete } = await outgoing.send({ url: `http://127.0.0.1:${ports[1]}/`, timeoutMs: 200 })
  expect([status, complete]).toEqual([200, false])
  expect(performance.now() - startedAt).toBeLessThan(3_000)
  silent.close()
  dripping.close()
})

test('a slow name server holds nobody for longer than the attempt may take', async () => {
  const resolve: Resolve = () => sleep(5_000, ['8.8.8.8'], { ref: false })
  const outgoing = createOutgoing({ outgoingAllowedHosts: [] }, { resolve })
  const startedAt = performance.now()
  expect(await failureOf(outgoing.send({ url: 'https://hooks.example/', timeoutMs: 100 }))).toBe('timeout')
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

test('nobody there, nobody of that name, no certificate, or given up: each says so', async () => {
  const closed = await openReceiver()
  await closed.close()
  const outgoing = allowing('127.0.0.1')
  expect(await failureOf(outgoing.send({ url: closed.url }))).toBe('connection ECONNREFUSED')
  expect(await failureOf(resolvingTo([]).send({ url: 'https://hooks.example/' }))).toBe('dns')
  const overTls = `https://127.0.0.1:${receiver.port}/`
  expect(await failureOf(outgoing.send({ url: overTls }))).toMatch(/^(tls|connection) /)
  const stop = AbortSignal.abort()
  expect(await failureOf(outgoing.send({ url: receiver.url, signal: stop }))).toBe('given_up')
})
