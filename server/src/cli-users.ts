import { Command } from 'commander'
import { AppError } from './app-error.ts'
import { withWork } from './cli-keys.ts'
import type { Config } from './config.ts'
import { aligned, say } from './terminal.ts'
import { makePasswordLink } from './users/forgotten.ts'
import { usersFor } from './users/queries.ts'
import { resetSecondFactor } from './users/users.ts'
import type { Work } from './work.ts'

/** `clinicacrm users …`: for the day when the last owner forgot the password, or lost the phone. */
export function usersCommand(config: () => Config): Command {
  const users = new Command('users').description('list people, and let in again who cannot sign in')
  users
    .command('list')
    .description('who may sign in')
    .action(() =>
      withWork(config, async ({ db, by }) => {
        const rows = (await usersFor(db, by)).map((user) => [
          user.email,
          user.name,
          user.role,
          user.active ? 'active' : 'shut out',
          user.last_seen_at?.slice(0, 16) ?? 'never',
        ])
        if (rows.length) say(aligned([['E-MAIL', 'NAME', 'ROLE', 'STATE', 'LAST SEEN'], ...rows]))
        else say('Nobody yet. Start the server: it shows the code to set up with.')
      }),
    )
  users
    .command('password-link <email>')
    .description('a link to a new password, good once and for an hour')
    .action((email: string) =>
      withWork(config, async (work) => {
        const { link } = await makePasswordLink(work, await idOf(work, email))
        say(`Open this within an hour:\n\n  ${link}\n`)
      }),
    )
  users
    .command('reset-second-factor <email>')
    .description('take the authenticator app of somebody away who lost it')
    .action((email: string) =>
      withWork(config, async (work) => {
        const { needsPassword } = await resetSecondFactor(work, await idOf(work, email))
        say(`${email} signs in with the password alone.`)
        if (needsPassword) say('It was too short for that and is gone: npx clinicacrm users password-link <email>')
      }),
    )
  return users
}

async function idOf({ db, by }: Work, email: string) {
  const wanted = email.trim().toLowerCase()
  const user = (await usersFor(db, by)).find((one) => one.email === wanted)
  if (!user) throw new AppError('not_found', `Nobody has the address ${wanted}: see clinicacrm users list`)
  return user.id
}
