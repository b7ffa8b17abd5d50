import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type Letters = {
  /** For `SMTP_URL`. */
  url: string
  /** The link in the letter that this address gets next; waits for it. */
  linkTo(address: string): Promise<string>
  close(): Promise<void>
}

/** A mail server that keeps what it gets. */
export async function openLetters(): Promise<Letters> {
  const kept: { to: string; letter: Buffer }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        for (const { address } of envelope.rcptTo) kept.push({ to: address, letter: Buffer.concat(chunks) })
        callback()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    async linkTo(address) {
      for (let tries = 0; tries < 100; tries++) {
        const at = kept.findIndex(({ to }) => to === address)
        const [found] = at < 0 ? [] : kept.splice(at, 1)
        if (found) return /https?:\/\/\S+/.exec((await simpleParser(found.letter)).text!)![0]
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      throw new Error(`No letter to ${address} came within 10 s.`)
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
