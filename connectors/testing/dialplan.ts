type Step = { label: string | null; app: string; argument: string }
export type Dialplan = ReadonlyMap<string, ReadonlyMap<string, readonly Step[]>>

/** The contexts of an `extensions.conf`, and in each the steps of its extensions. */
export function dialplanIn(text: string): Dialplan {
  const contexts = new Map<string, Map<string, Step[]>>()
  let steps: Step[] = []
  let context = new Map<string, Step[]>()
  for (const line of text.split('\n').map((one) => one.replace(/^\s*;.*$/, '').trim())) {
    const [, name] = /^\[([\w-]+)\]$/.exec(line) ?? []
    const [, extension, label, app, argument] =
      /^(?:exten => ([^,]+),1|same => n(?:\((\w+)\))?),(\w+)\((.*)\)$/.exec(line) ?? []
    if (name) contexts.set(name, (context = new Map()))
    else if (app) {
      if (extension) context.set(extension, (steps = []))
      steps.push({ label: label ?? null, app, argument: argument! })
    } else if (line) throw new Error(`Not understood: ${line}`)
  }
  return contexts
}

type Channel = { variables: Record<string, string>; asked: string[]; went: string | null }

/** Runs an extension as Asterisk would, as far as our snippets need: CURL really asks, and is empty where it fails. */
export async function run(
  dialplan: Dialplan,
  [context, extension]: [string, string],
  channel: Channel,
  real = extension,
): Promise<void> {
  const steps = dialplan.get(context)!.get(extension)!
  for (let i = 0; i < steps.length; i++) {
    const { app, argument } = steps[i]!
    const said = await valueOf(argument, { ...channel.variables, EXTEN: real }, channel)
    if (app === 'Set') set(channel, said)
    else if (app === 'GotoIf') {
      const [, left, right, label] = /^\$\["(.*)" = "(.*)"\]\?(\w+)$/s.exec(said)!
      if (left === right) i = steps.findIndex((one) => one.label === label) - 1
    } else if (app === 'Gosub') await run(dialplan, said.split(',').slice(0, 2) as [string, string], channel)
    else if (app === 'Goto') return void (channel.went = said)
    else if (app === 'Return') return
    else throw new Error(`Not understood: ${app}`)
  }
}

function set({ variables }: Channel, said: string) {
  const at = said.indexOf('=')
  variables[said.slice(0, at)] = said.slice(at + 1)
}

/** Innermost first: `${CURL(…${URIENCODE(${CALLERID(num)})})}`. A value is never read for variables again. */
async function valueOf(text: string, variables: Record<string, string>, channel: Channel): Promise<string> {
  let left = text
  for (let inner = innermost.exec(left); inner; inner = innermost.exec(left)) {
    const [whole, about = ''] = inner
    const value = await valueNamed(shown(about), variables, channel)
    left = left.slice(0, inner.index) + hidden(value) + left.slice(inner.index + whole.length)
  }
  return shown(left)
}

const innermost = /\$\{([^${}]*)\}/
const signs = ['$', '{', '}'] as const
const hidden = (value: string) =>
  signs.reduce((text, sign, i) => text.replaceAll(sign, String.fromCharCode(0xe000 + i)), value)
const shown = (text: string) =>
  signs.reduce((value, sign, i) => value.replaceAll(String.fromCharCode(0xe000 + i), () => sign), text)

async function valueNamed(about: string, variables: Record<string, string>, channel: Channel): Promise<string> {
  const [, called, argument = ''] = /^(CURL|URIENCODE)\((.*)\)$/s.exec(about) ?? []
  if (called === 'CURL') return curl(argument, channel)
  if (called === 'URIENCODE') return encodeURIComponent(argument)
  const [, name = '', from, length] = /^(.*?)(?::(\d+):(\d+))?$/s.exec(about)!
  const value = variables[name] ?? ''
  return from === undefined ? value : value.slice(Number(from), Number(from) + Number(length))
}

async function curl(url: string, { variables, asked }: Channel): Promise<string> {
  asked.push(url)
  const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(variables['CURLOPT(httpheader)'] ?? '') ?? []
  const seconds = Number(variables['CURLOPT(httptimeout)'])
  const response = await fetch(url, { headers: { [name]: value }, signal: AbortSignal.timeout(seconds * 1_000) }).catch(
    () => null,
  )
  return response ? response.text() : ''
}
