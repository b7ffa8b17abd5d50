import { apiKeyFields, type ApiKeyView } from '@clinicacrm/contract/api-keys.ts'
import { disclosureProfiles, type Scope, scopeNames } from '@clinicacrm/contract/permissions.ts'
import { Command, Option } from 'commander'
import { AppError } from './app-error.ts'
import type { Config } from './config.ts'
import { withDatabase } from './main.ts'
import { aligned, say } from './terminal.ts'
import { system, type Work } from './work.ts'
import { createKey, keysFor, revokeKey, rotateKey } from './api-keys/api-keys.ts'

type Created = {
  name: string
  description?: string
  scope: string[]
  profile: string
  clinic?: string[]
  ip?: string[]
  expires?: string
  limit?: string
}

/** `clinicacrm keys …`: what an administrator does before there is a screen, or without one. */
export function keysCommand(config: () => Config): Command {
  const keys = new Command('keys').description('create, list, rotate and revoke API keys')
  const environment = ({ mode }: Config) => (mode === 'demo' ? 'test' : 'live')

  keys
    .command('create')
    .description('create a key; it is shown this once')
    .requiredOption('--name <name>', 'whose key it is, e.g. "Genesys Cloud"')
    .option('--description <text>')
    .addOption(new Option('--scope <scope...>', 'what it may do').choices(scopeNames).default(['lookup:read']))
    .addOption(new Option('--profile <profile>', 'what a lookup tells it').choices(disclosureProfiles).default('full'))
    .option('--clinic <name...>', 'limit it to these clinics')
    .option('--ip <range...>', 'accept it from these addresses only, e.g. 203.0.113.0/24')
    .option('--expires <instant>', 'e.g. 2027-01-01T00:00:00Z')
    .option('--limit <requests>', 'requests a minute', '1000')
    .action((options: Created) =>
      withWork(config, async (work, using) => {
        const created = await createKey(work, environment(using), fieldsOf(options))
        say(`Created key ${created.id}, "${created.name}". This is the only time it is shown:\n\n  ${created.key}\n`)
      }),
    )
  keys
    .command('list')
    .description('the keys, without their secrets')
    .option('--json', 'for programs')
    .action(({ json }: { json?: true }) =>
      withWork(config, async (work) => {
        const listed = await keysFor(work)
        say(json ? JSON.stringify(listed, null, 2) : table(listed))
      }),
    )
  keys
    .command('rotate <id>')
    .description('give a key a new secret; the old one works until the overlap ends')
    .option('--overlap <hours>', 'hours the old secret still works, 0 to 168', '24')
    .action((id: string, { overlap }: { overlap: string }) =>
      withWork(config, async (work, using) => {
        const hours = Number(overlap)
        if (!(hours >= 0 && hours <= 168))
          throw new AppError('invalid_request', '--overlap: must be from 0 to 168 hours')
        const rotated = await rotateKey(work, checkedId(id), environment(using), hours)
        say(
          `New secret of key ${id}, shown this once:\n\n  ${rotated.key}\n\nThe old one works until ${rotated.previous_valid_until}.`,
        )
      }),
    )
  keys
    .command('revoke <id>')
    .description('end a key for good; dead everywhere within 5 seconds')
    .action((id: string) =>
      withWork(config, async (work) => {
        await revokeKey(work, checkedId(id))
        say(`Key ${id} is revoked.`)
      }),
    )
  return keys
}

/** As whoever sits at this machine: everything may be done, and is a trace. */
export function withWork(read: () => Config, use: (work: Work, config: Config) => Promise<void>) {
  const config = read()
  return withDatabase(config, ({ db }) => use({ db, config, by: { ...system, actor: 'command_line' } }, config))
}

/** The same checks as over HTTP, told by the option's name. */
function fieldsOf({ name, description, scope, profile, clinic, ip, expires, limit }: Created) {
  const parsed = apiKeyFields.partial().safeParse({
    name,
    description,
    scopes: scope,
    profile,
    clinics: clinic,
    ip_ranges: ip,
    expires_at: expires,
    limit_per_minute: Number(limit),
  })
  if (!parsed.success) {
    throw new AppError(
      'invalid_request',
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    )
  }
  return { ...parsed.data, name, scopes: scope as Scope[] }
}

function checkedId(id: string) {
  if (!/^[1-9]\d{0,17}$/.test(id))
    throw new AppError('invalid_request', `"${id}" is not the id of a key: see clinicacrm keys list`)
  return id
}

function table(keys: ApiKeyView[]) {
  if (!keys.length) return 'No keys yet. Create one: npx clinicacrm keys create --name "Genesys Cloud"'
  const state = (key: ApiKeyView) => (key.revoked_at ? 'revoked' : key.active ? 'active' : 'inactive')
  const rows = keys.map((key) => [
    key.id,
    key.name,
    key.hint,
    key.scopes.join(','),
    key.profile,
    state(key),
    key.last_used_at?.slice(0, 16) ?? 'never',
  ])
  return aligned([['ID', 'NAME', 'KEY', 'SCOPES', 'PROFILE', 'STATE', 'LAST USED'], ...rows])
}
