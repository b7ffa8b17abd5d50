import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { AppError } from './app-error.ts'
import { bridgeAsterisk } from './telephony/asterisk-bridge.ts'
import { say } from './terminal.ts'

type Options = {
  host: string
  port: string
  user: string
  secretFile: string
  url: string
  keyFile: string
  extensions: string
}

/** `clinicacrm bridge asterisk …`: runs beside the telephone system, and needs no database. */
export function bridgeCommand(): Command {
  const bridge = new Command('bridge').description('tell ClínicaCRM of the calls of a telephone system')
  bridge
    .command('asterisk')
    .description('Asterisk, FreePBX, NethVoice: listens to the manager interface (AMI)')
    .option('--host <host>', 'where Asterisk runs', '127.0.0.1')
    .option('--port <port>', 'of its manager interface', '5038')
    .option('--user <name>', 'as in manager.conf', 'clinicacrm')
    .requiredOption('--secret-file <file>', 'holds the secret of that user')
    .requiredOption('--url <url>', 'where ClínicaCRM runs')
    .requiredOption('--key-file <file>', 'holds an API key with calls:write')
    .option('--extensions <pattern>', 'what an extension looks like; a group in it is what counts', '^[0-9]{2,5}$')
    .action(run)
  return bridge
}

async function run({ host, port, user, secretFile, url, keyFile, extensions }: Options) {
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, stop)
  const [secret, key] = [() => secretIn(secretFile, '--secret-file'), () => secretIn(keyFile, '--key-file')]
  // What is wrong is said at once, and not when the first call comes.
  await secret()
  await key()
  await bridgeAsterisk({
    asterisk: { host, port: portIn(port), user, secret },
    crm: { url: addressIn(url), key },
    extension: patternIn(extensions),
    say,
    signal: stopping.signal,
  })
}

async function secretIn(file: string, option: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrong(`${option}: ${file} cannot be read (${error.code}).`)
  })
  const secret = text.trim()
  if (!secret || /[\r\n]/.test(secret)) throw wrong(`${option}: ${file} must hold one line, and nothing else.`)
  return secret
}

function portIn(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw wrong(`--port must be a port, not ${text}.`)
  return port
}

function addressIn(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw wrong(`--url must be an address such as https://crm.example, not ${text}.`)
  return text.replace(/\/+$/, '')
}

function patternIn(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch {
    throw wrong(`--extensions must be a regular expression, not ${text}.`)
  }
}

const wrong = (message: string) => new AppError('invalid_request', message)
