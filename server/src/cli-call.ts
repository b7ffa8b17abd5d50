import { setTimeout as sleep } from 'node:timers/promises'
import type { CallEventReply } from '@clinicacrm/contract/calls.ts'
import { type RingScenario, ringScenarios } from '@clinicacrm/contract/ring.ts'
import { Command, Option } from 'commander'
import { AppError } from './app-error.ts'
import { callers, demoAgent, numberOfRome, stepsOf } from './call-scenarios.ts'
import type { Config } from './config.ts'
import { knownDemoKey } from './demo.ts'
import { whoRuns } from './main.ts'
import { say } from './terminal.ts'

type Options = { agent: string; to: string; scenario?: RingScenario; url?: string; key?: string; fast?: true }
type Asked = { url: string; key: string }

/** How often a server that is busy is asked again, and for how long it may ask to wait. */
const triesAgain = 3
const longestWaitSeconds = 10

/** `clinicacrm call …`: what a telephone system would tell the demo, at the pace of people. */
export function callCommand(config: () => Config): Command {
  return new Command('call')
    .description('let a telephone ring in the running demo')
    .argument('[number]', 'who calls; one that suits the scenario unless given')
    .option('--agent <name>', 'at whom it rings: address, extension or id', demoAgent)
    .option('--to <number>', 'the number of ours that is called', numberOfRome)
    .addOption(new Option('--scenario <scenario>', 'what becomes of the call').choices(ringScenarios))
    .option('--url <url>', 'where ClínicaCRM runs; the demo of DATA_DIR unless given')
    .option('--key <key>', 'an API key with calls:write; the demo’s own unless given')
    .option('--fast', 'wait for nobody')
    .action((number: string | undefined, options: Options) => ring(config(), number, options))
}

async function ring(config: Config, number: string | undefined, options: Options) {
  const { scenario = 'known', to, fast } = options
  const from = number ?? callers[scenario]
  const asked = whereTo(config, options)
  const call_id = `simulated-${Date.now().toString(36)}`
  say(`\n  ${from} calls ${to} (${asked.url}, call ${call_id})\n`)
  const began = Date.now()
  for (const { event, after, agent } of stepsOf(scenario, options.agent)) {
    await sleep(fast ? Math.min(after * 1_000, 100) : after * 1_000)
    const names = agent ? { agent } : {}
    const reply = await tell(asked, { provider: 'api', call_id, event, from, to, ...names })
    const seconds = ((Date.now() - began) / 1_000).toFixed(1).padStart(6)
    say(`  ${seconds} s  ${event.padEnd(12)} ${outcomeOf(reply, agent)}`)
  }
  say('')
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

async function tell(asked: Asked, event: object): Promise<CallEventReply> {
  for (let tries = 0; ; tries++) {
    const response = await post(asked, event)
    if (response.status === 503 && tries < triesAgain) {
      const wanted = Number(response.headers.get('retry-after')) || 1
      await sleep(Math.min(wanted, longestWaitSeconds) * 1_000)
      continue
    }
    if (response.ok) return (await response.json()) as CallEventReply
    throw await refusal(asked, response)
  }
}

async function post({ url, key }: Asked, event: object): Promise<Response> {
  try {
    return await fetch(`${url}/api/calls/events`, {
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
}

async function refusal({ url }: Asked, response: Response): Promise<AppError> {
  if (response.status === 401)
    return new AppError(
      'unauthorized',
      `ClínicaCRM at ${url} does not know this key. Say --key, DEMO_API_KEY or DATA_DIR.`,
    )
  const text = await response.text()
  return new AppError(
    'invalid_request',
    `ClínicaCRM at ${url} refused the event (${response.status}): ${text.slice(0, 500)}`,
  )
}
