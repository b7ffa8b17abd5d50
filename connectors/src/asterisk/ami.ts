import { createHash } from 'node:crypto'

/** One message of Asterisk's manager interface, by names in small letters; of a repeated one, the first. */
export type AmiMessage = Readonly<Record<string, string>>

const maxLine = 64 * 1024
const maxFields = 500

/** Reads messages out of a connection, however it cut them. What is longer than any message is left out. */
export function createAmiReader(): (bytes: Uint8Array) => AmiMessage[] {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  let isCut = false
  let fields = new Map<string, string>()

  function take(line: string): AmiMessage | null {
    if (line !== '') {
      // The greeting has no colon, and is no message.
      const colon = line.indexOf(':')
      const name = line.slice(0, colon).trim().toLowerCase()
      if (colon > 0 && !fields.has(name) && fields.size < maxFields) fields.set(name, line.slice(colon + 1).trim())
      return null
    }
    const message = fields.size > 0 ? Object.fromEntries(fields) : null
    fields = new Map()
    return message
  }

  return (bytes) => {
    const [...lines] = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop()!
    const messages: AmiMessage[] = []
    for (const line of lines) {
      const isWhole = !isCut && line.length <= maxLine
      isCut = false
      const message = isWhole ? take(line.replace(/\r$/, '')) : null
      if (message) messages.push(message)
    }
    if (rest.length > maxLine) {
      isCut = true
      rest = ''
    }
    return messages
  }
}

/** An action as Asterisk reads it. A line break in a value would begin another field. */
export function amiAction(name: string, fields: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ Action: name, ...fields }).map(([field, value]) => `${field}: ${value}`)
  if (lines.some((line) => /[\r\n]/.test(line))) throw new Error('A value of an action holds a line break.')
  return `${lines.join('\r\n')}\r\n\r\n`
}

/** The answer to a challenge: the secret itself never travels. */
export const challengeKey = (challenge: string, secret: string): string =>
  createHash('md5')
    .update(challenge + secret)
    .digest('hex')
