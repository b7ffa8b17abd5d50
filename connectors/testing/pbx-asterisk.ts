import { createHash, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

export type AmiServer = {
  port: number
  /** Actions that were sent, by name. */
  asked: string[]
  /** Sends a transcript to whoever is signed in, in pieces of any size. */
  replay(transcript: string, pieces?: number): Promise<void>
  signedIn(): Promise<void>
  drop(): void
  close(): Promise<void>
}

type Way = { user: string; secret: string; port?: number }
type State = { asked: string[]; ready: PromiseWithResolvers<void> }

/** A manager interface that speaks as Asterisk's: greeting, challenge, sign-in, pings, the list of channels. */
export async function openAmi({ port = 0, ...way }: Way): Promise<AmiServer> {
  const sockets = new Set<Socket>()
  const state: State = { asked: [], ready: Promise.withResolvers() }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    speak(socket, way, state)
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    asked: state.asked,
    async replay(transcript, pieces = 1) {
      const bytes = Buffer.from(transcript.replaceAll('\n', '\r\n'))
      const size = Math.ceil(bytes.length / pieces)
      for (let at = 0; at < bytes.length; at += size) {
        for (const socket of sockets) socket.write(bytes.subarray(at, at + size))
        if (pieces > 1) await new Promise((resolve) => setImmediate(resolve))
      }
    },
    signedIn: () => state.ready.promise,
    drop() {
      state.ready = Promise.withResolvers()
      for (const socket of sockets) socket.destroy()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function speak(socket: Socket, { user, secret }: Omit<Way, 'port'>, state: State) {
  const challenge = String(randomInt(100_000_000, 999_999_999))
  const key = createHash('md5')
    .update(challenge + secret)
    .digest('hex')
  const send = (fields: Record<string, string>) =>
    socket.write(
      `${Object.entries(fields)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`,
    )
  function act({ Action: name = '', ActionID = '', ...said }: Record<string, string>) {
    state.asked.push(name)
    if (name === 'Challenge') send({ Response: 'Success', ActionID, Challenge: challenge })
    if (name === 'Ping') send({ Response: 'Success', ActionID, Ping: 'Pong' })
    if (name === 'Login' && said['Username'] === user && said['Key'] === key) {
      send({ Response: 'Success', ActionID, Message: 'Authentication accepted' })
    } else if (name === 'Login') {
      send({ Response: 'Error', ActionID, Message: 'Authentication failed' })
      socket.end()
    }
    if (name !== 'CoreShowChannels') return
    send({ Response: 'Success', ActionID, EventList: 'start', Message: 'Channels will follow' })
    send({ Event: 'CoreShowChannelsComplete', ActionID, EventList: 'Complete', ListItems: '0' })
    state.ready.resolve()
  }
  socket.write('Asterisk Call Manager/9.0.0\r\n')
  let rest = ''
  socket.on('data', (bytes) => {
    const actions = (rest + bytes.toString()).split('\r\n\r\n')
    rest = actions.pop()!
    for (const action of actions) act(fieldsOf(action))
  })
}

const fieldsOf = (action: string): Record<string, string> =>
  Object.fromEntries(action.split('\r\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]))
