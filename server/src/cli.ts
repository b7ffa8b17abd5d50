import { Command } from 'commander'
import { bridgeCommand } from './cli-bridge.ts'
import { callCommand } from './cli-call.ts'
import { keysCommand } from './cli-keys.ts'
import { usersCommand } from './cli-users.ts'
import { AppError } from './app-error.ts'
import { type Config, ConfigError, type Mode, readConfig } from './config.ts'
import { isDatabaseDown } from './db/errors.ts'
import { version } from './http/version.ts'
import { type Running, start, withDatabase } from './main.ts'
import { reindex } from './patients/patients.ts'
import { progressBar, say } from './terminal.ts'

/** The command line: prints what is wrong in one sentence and sets the exit code. */
export async function main(argv: string[]): Promise<void> {
  try {
    await program().parseAsync(argv, { from: 'user' })
  } catch (error) {
    const sentence = explained(error)
    if (!sentence) throw error
    process.stderr.write(`\n${sentence}\n`)
    process.exitCode = 1
  }
}

function program() {
  const cli = new Command('clinicacrm')
    .description('ClínicaCRM: the CRM that answers the phone.')
    .version(version)
    .option('--demo', "work on the demo's data instead of your own")
    .showHelpAfterError()
  const config = (mode: Mode = cli.opts<{ demo?: true }>().demo ? 'demo' : 'serve') => readConfig(mode)

  cli
    .command('serve')
    .description('run for real: your data, no demo')
    .action(async () => untilStopped(await start(config('serve')), greetOperator))
  cli
    .command('demo')
    .description('run with demo data, to try it')
    .action(async () => untilStopped(await start(config('demo')), greetGuest))
  cli
    .command('migrate')
    .description('bring the database to this version (serve does it too)')
    .action(() => withDatabase(config(), async () => say('The database is up to date.')))
  cli
    .command('reindex')
    .description(
      'read every phone number again, after a change of rules, library or DEFAULT_COUNTRY; may be interrupted',
    )
    .action(() => rebuild(config()))
  cli.addCommand(bridgeCommand())
  cli.addCommand(callCommand(() => config('demo')))
  cli.addCommand(keysCommand(config))
  cli.addCommand(usersCommand(config))
  cli
    .command('openapi')
    .description('print the OpenAPI description')
    .action(async () => {
      const { openapiDocument } = await import('./http/openapi.ts')
      say(JSON.stringify(openapiDocument(config('serve')), null, 2))
    })
  return cli
}

function rebuild(config: Config) {
  return withDatabase(config, async ({ db }) => {
    const count = await reindex(db, config, progressBar('patients'))
    say(
      count
        ? `Done: the numbers of ${count} patients were read again.`
        : 'Nothing to do: every number is read by the current rules.',
    )
  })
}

/** Runs until the terminal or the system says stop; a second signal stops at once. */
async function untilStopped(running: Running, greet: (running: Running) => void) {
  greet(running)
  const signal = await new Promise<NodeJS.Signals>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, resolve)
  })
  const signalled = performance.now()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // A terminal and a watcher may both pass on one Ctrl-C: only a later one means "now".
    process.on(name, () => performance.now() - signalled > 1_000 && process.exit(130))
  }
  if (signal === 'SIGINT') say('\nStopping: finishing what has begun…')
  await running.stop()
  if (signal === 'SIGINT') say('Stopped. Your data is kept.')
}

function greetGuest({ config, url, database }: Running) {
  const curl = `curl "${url}/api/lookup?phone=%2B3906%202222%204444" -H ${quoted(`x-api-key: ${config.demoKey}`)}`
  say(`
  ClínicaCRM ${version} is ready, with demo data.

  Desk      ${config.port ? config.publicUrl : url}/${config.defaultLocale}/
  Lookup    ${url}/api/lookup
  API docs  ${url}/api/docs
  API key   ${config.demoKey}
  Data      ${database.embedded?.dataDir ?? 'the server in DATABASE_URL'}${database.embedded?.relocated ? '  (the database’s account may not enter this folder)' : ''}

  Try it: a call from Antonio Dorato
    ${curl}

  Stop with Ctrl-C; your data is kept.
`)
}

/** For a shell; in double quotes, which Windows understands too, unless the text holds what they would not protect. */
const quoted = (text: string) => (/["$`\\!]/.test(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : `"${text}"`)

function greetOperator({ config, url, database, setUpCode, events }: Running) {
  const page = `${config.publicUrl}/${config.defaultLocale}/set-up`
  // Somebody who typed the command sees where things are; a service's log has it already, but for the code.
  if (!process.stdout.isTTY) {
    if (setUpCode) events.log.warn({ url: page, code: setUpCode }, 'nobody can sign in yet: set up with this code')
    return
  }
  say(`
  ClínicaCRM ${version} is ready at ${url}, known outside as ${config.publicUrl}.
  Data: ${database.embedded?.dataDir ?? 'the server in DATABASE_URL'}
  API keys: npx clinicacrm keys create --help
`)
  if (setUpCode) say(`  Nobody can sign in yet. Set it up at ${page}\n  with the code  ${setUpCode}\n`)
}

/** The sentence for trouble that has one; null for what nobody expected. */
function explained(error: unknown): string | null {
  if (error instanceof ConfigError) return `ClínicaCRM did not start.\n${error.message}`
  if (error instanceof AppError) return error.message
  if (isDatabaseDown(error)) return `ClínicaCRM cannot reach its database: ${rootMessage(error)}`
  const code = (error as { code?: string }).code
  // 28: who are you; 3D: which database.
  if (code && /^(28|3D)/.test(code)) return `The database refused us: ${rootMessage(error)}. Check DATABASE_URL.`
  return null
}

function rootMessage(error: unknown) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error && cause.message ? cause.message : String((cause as { code?: string }).code)
}
