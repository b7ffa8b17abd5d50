import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { amiAction, type AmiMessage, challengeKey, createAmiReader } from '@clinicacrm/connectors/asterisk/ami.ts'
import { AppError } from '../app-error.ts'

export type Asterisk = { host: string; port: number; user: string; secret(): Promise<string> }
export type Hearing = {
  onMessage(message: AmiMessage): void
  /** Signed in; Asterisk will list the channels there are. */
  onReady(): void
  say(sentence: string): void
}
export type LinkPace = { connectMs: number; pingMs: number; firstWaitMs: number; longestWaitMs: number }

export const linkPace: LinkPace = { connectMs: 10_000, pingMs: 20_000, firstWaitMs: 1_000, longestWaitMs: 30_000 }

type Ended = { wasReady: boolean; isRefused: boolean; why: string }

/**
 * Listens to Asterisk until told to stop, and comes back after every break, a little later each time. Throws where Asterisk
 * refuses the very first sign-in: no waiting mends that.
 */
export async function listenToAsterisk(
  asterisk: Asterisk,
  hearing: Hearing,
  { signal, pace = linkPace }: { signal: AbortSignal; pace?: LinkPace },
): Promise<void> {
  let wait = pace.firstWaitMs
  let wasEverReady = false
  while (!signal.aborted) {
    const { wasReady, isRefused, why } = await session(asterisk, hearing, { signal, pace })
    if (signal.aborted) return
    wasEverReady ||= wasReady
    if (isRefused && !wasEverReady)
      throw new AppError(
        'unauthorized',
        'Asterisk refuses this user and secret: see manager.conf, --user and --secret-file.',
      )
    wait = wasReady ? pace.firstWaitMs : Math.min(wait * 2, pace.longestWaitMs)
    hearing.say(`No connection to Asterisk (${why}). Trying again in ${Math.ceil(wait / 1_000)} s.`)
    await sleep(wait, undefined, { signal }).catch(() => undefined)
  }
}

type Ways = { signal: AbortSignal; pace: LinkPace }

/** One connection, from its beginning to its end. */
async function session(asterisk: Asterisk, hearing: Hearing, { signal, pace }: Ways): Promise<Ended> {
  const secret = await asterisk.secret()
  const ended: Ended = { wasReady: false, isRefused: false, why: 'it was closed' }
  const socket = connect({ host: asterisk.host, port: asterisk.port, keepAlive: true })
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const give = (why: string) => {
    if (!socket.destroyed) ended.why = why
    socket.destroy()
  }
  const stop = () => give('stopped')
  signal.addEventListener('abort', stop, { once: true })
  const late = setTimeout(() => give('it does not answer'), pace.connectMs)
  const beat = heartbeat(socket, pace, () => give('it fell silent'))
  const take = (message: AmiMessage) => {
    const step = signIn(message, asterisk.user, secret)
    if (step.to === 'refused') {
      ended.isRefused = true
      give('it refuses the sign-in')
    } else if (step.to === 'ready') {
      clearTimeout(late)
      ended.wasReady = true
      hearing.onReady()
      beat.begin()
      socket.write(amiAction('CoreShowChannels', { ActionID: 'channels' }))
    } else if (step.to === 'send') socket.write(step.action)
    else if (ended.wasReady) hearing.onMessage(message)
  }
  const read = createAmiReader()
  socket.on('connect', () => socket.write(amiAction('Challenge', { AuthType: 'MD5', ActionID: 'challenge' })))
  socket.on('data', (bytes: Buffer) => {
    beat.heard()
    for (const message of read(bytes)) take(message)
  })
  socket.on('error', (error: NodeJS.ErrnoException) => (ended.why = error.code ?? 'an error'))
  if (signal.aborted) stop()
  await closed
  clearTimeout(late)
  beat.end()
  signal.removeEventListener('abort', stop)
  return ended
}

type Step = { to: 'send'; action: string } | { to: 'ready' | 'refused' | 'hear' }

/** What a message means for signing in; most have nothing to do with it. */
function signIn(message: AmiMessage, user: string, secret: string): Step {
  const isSuccess = message['response'] === 'Success'
  if (message['actionid'] === 'login') return { to: isSuccess ? 'ready' : 'refused' }
  if (message['actionid'] !== 'challenge') return { to: 'hear' }
  if (!isSuccess) return { to: 'refused' }
  const Key = challengeKey(message['challenge'] ?? '', secret)
  return {
    to: 'send',
    action: amiAction('Login', { AuthType: 'MD5', Username: user, Key, Events: 'on', ActionID: 'login' }),
  }
}

/** A connection that died without a word is only noticed by asking. */
function heartbeat(socket: Socket, { pingMs }: LinkPace, onSilence: () => void) {
  let lastHeard = performance.now()
  let timer: NodeJS.Timeout | undefined
  return {
    heard: () => void (lastHeard = performance.now()),
    begin() {
      timer = setInterval(() => {
        if (performance.now() - lastHeard > 2 * pingMs) onSilence()
        else socket.write(amiAction('Ping', { ActionID: 'ping' }))
      }, pingMs)
    },
    end: () => clearInterval(timer),
  }
}
