import { setTimeout as sleep } from 'node:timers/promises'
import type { CallEventKind, CallEventReply } from '@clinicacrm/contract/calls.ts'
import { Command, Option } from 'commander'
import { AppError } from './app-error.ts'
import type { Config } from './config.ts'
import { knownDemoKey } from './demo.ts'
import { demoClinics } from './demo-data.ts'
import { demoColleagues, demoRoles } from './demo-people.ts'
import { whoRuns } from './main.ts'
import { say } from './terminal.ts'

const scenarios = ['known', 'household', 'unknown', 'withheld', 'transfer', 'missed', 'voicemail'] as const
type Scenario = (typeof scenarios)[number]
/** What happens, and seconds until it does. */
type Step = { event: CallEventKind; after: number; agent?: string }
type Options = { agent: string; to: string; scenario?: Scenario; url?: string; key?: string; fast?: true }
type Asked = { url: string; key: string }

const agent = demoRoles.find(({ role }) => role === 'agent')!.email
const colleague = demoColleagues.find(({ clinics }) => clinics === null)!.email
const ofRome = demoClinics[0]!.phone

const numbers: Record<Scenario, string> = {
  known: '+39 333 222 4444',
  household: '+39 06 2222 4444',
  unknown: '+39 347 555 0199',
  withheld: 'anonymous',
  transfer: '+39 333 222 4444',
  missed: '+39 333 222 4444',
  voicemail: '+39 347 555 0199',
}

/** `clinicacrm call …`: what a telephone system would tell the demo, at the pace of people. */
export function callCommand(config: () => Config): Command {
  return new Command('call')
    .description('let a telephone ring in the running demo')
    .argument('[number]', 'who calls; one that suits the scenario unless given')
    .option('--agent <name>', 'at whom it rings: address, extension or id', agent)
    .option('--to <number>', 'the number of ours that is called', ofRome)
    .addOption(new Option('--scenario <scenario>', 'what becomes of the call').choices(scenarios))
    .option('--url <url>', 'where ClínicaCRM runs; the demo of DATA_DIR unless given')
    .option('--key <key>', 'an API key with calls:write; the demo’s own unless given')
    .option('--fast', 'wait for nobody')
    .action((number: string | undefined, options: Options) => ring(config(), number, options))
}

async function ring(config: Config, number: string | undefined, options: Options) {
  const { scenario = 'known', to, fast } = options
  const from = number ?? numbers[scenario]
  const asked = whereTo(config, options)
  const call_id = `simulated-${Date.now().toString(36)}`
  say(`\n  ${from} calls ${to} (${asked.url}, call ${call_id})\n`)
  const began = Date.now()
  for (const { event, after, agent: named = options.agent } of stepsOf(scenario, options.agent)) {
    await sleep(fast ? Math.min(after * 1_000, 100) : after * 1_000)
    const names = ['ringing', 'answered', 'transferred'].includes(event) ? { agent: named } : {}
    const reply = await tell(asked, { provider: 'api', call_id, event, from, to, ...names })
    const seconds = ((Date.now() - began) / 1_000).toFixed(1).padStart(6)
    say(`  ${seconds} s  ${event.padEnd(12)} ${outcomeOf(reply, names.agent)}`)
  }
  say('')
}

function stepsOf(scenario: Scenario, first: string): Step[] {
  const rings: Step = { event: 'ringing', after: 0 }
  const ends = (after: number): Step => ({ event: 'ended', after })
  if (scenario === 'missed') return [rings, { event: 'missed', after: 12 }, ends(1)]
  if (scenario === 'voicemail') return [rings, { event: 'voicemail', after: 12 }, ends(6)]
  const answered: Step[] = [rings, { event: 'answered', after: 5 }]
  if (scenario !== 'transfer') return [...answered, ends(20)]
  const next = first === colleague ? agent : colleague
  return [
    ...answered,
    { event: 'transferred', after: 10, agent: next },
    { event: 'answered', after: 4, agent: next },
    ends(15),
  ]
}

/** What the CRM made of it, for whoever watches. */
function outcomeOf({ match, case_id, agents, state, result, screen_pop_url }: CallEventReply, name?: string): string {
  const told = agents.find(({ agent: one }) => one === name)
  const who = told && (told.known ? (told.delivered ? 'shown to' : 'waits for') : 'unknown agent')
  const whose = { one: 'one person', many: 'several people', none: 'nobody known' } as Record<string, string>
  return [
    name && `${who ?? 'at'} ${name}`,
    match && `${whose[match] ?? match}${case_id ? `, case ${case_id}` : ''}`,
    state === 'ended' ? (result ?? 'ended') : null,
    name && screen_pop_url,
  ]
    .filter(Boolean)
    .join(' · ')
}

function whereTo(
  config: Config,
  { url = whoRuns(config)?.url, key = knownDemoKey(config) ?? undefined }: Options,
): Asked {
  if (!url) {
    throw new AppError(
      'unavailable',
      `No demo runs on the data in ${config.dataDir}. Start one in another terminal with "npm run demo", or say --url.`,
    )
  }
  if (!URL.canParse(url))
    throw new AppError('invalid_request', `--url must be an address such as http://localhost:3000, not ${url}`)
  if (key) return { url: url.replace(/\/$/, ''), key }
  throw new AppError('unauthorized', `No key of a demo in ${config.dataDir}. Say --key, DEMO_API_KEY or DATA_DIR.`)
}

async function tell({ url, key }: Asked, event: object): Promise<CallEventReply> {
  let response: Response
  try {
    response = await fetch(`${url}/api/calls/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(10_000),
    })
  } catch {
    throw new AppError(
      'unavailable',
      `ClínicaCRM does not answer at ${url}. Start it with "npm run demo", or say --url.`,
    )
  }
  const text = await response.text()
  if (response.ok) return JSON.parse(text) as CallEventReply
  if (response.status === 401)
    throw new AppError(
      'unauthorized',
      `ClínicaCRM at ${url} does not know this key. Say --key, DEMO_API_KEY or DATA_DIR.`,
    )
  throw new AppError(
    'invalid_request',
    `ClínicaCRM at ${url} refused the event (${response.status}): ${text.slice(0, 500)}`,
  )
}
