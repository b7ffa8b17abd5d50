import type { AmiMessage } from './ami.ts'

/** A leg of a call, as Asterisk names it. */
export type Leg = {
  id: string
  /** Legs of one call share it; it may change when calls are joined. */
  call: string
  extension: string | null
  /** The other party of this leg, where there is a number. */
  number: string | null
}

const telephones = ['pjsip', 'sip', 'iax2', 'sccp', 'local', 'mgcp']

/** `PJSIP/201-0000002a`, `Local/201@from-queue-00000003;1` → 201; null for a trunk. */
export function extensionOf(channel: string | undefined, extension: RegExp): string | null {
  const [, technology = '', name = ''] = /^([^/]+)\/(.+?)(?:@.*|-[0-9a-f]{6,}(?:;[12])?)?$/i.exec(channel ?? '') ?? []
  return telephones.includes(technology.toLowerCase()) ? numberAs(name, extension) : null
}

/** What the pattern makes of a name: its first group, where it has one. */
export function numberAs(name: string | undefined, extension: RegExp): string | null {
  const found = extension.exec(name ?? '')
  return found ? (found[1] ?? found[0]) : null
}

const noNumber = /^(|s|h|<?unknown>?|<?anonymous>?|private|restricted|unavailable|withheld)$/i

export const numberIn = (text: string | undefined): string | null => (noNumber.test(text ?? '') ? null : text!)

/** The legs a message speaks of: its channel, and the one that is dialled. */
export function legsIn(message: AmiMessage, extension: RegExp): Leg[] {
  return ['', 'dest'].flatMap((prefix) => {
    const [id, call] = [message[`${prefix}uniqueid`], message[`${prefix}linkedid`]]
    if (!id || !call) return []
    return {
      id,
      call,
      extension: extensionOf(message[`${prefix}channel`], extension),
      number: numberIn(message[`${prefix}calleridnum`]),
    }
  })
}
