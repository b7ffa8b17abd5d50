import { SaxesParser } from 'saxes'

/** A 3CX that runs a CRM template: what it asks, what it makes of the answer, what it posts when a call is over. */
export type Pbx = {
  lookup(from: string): Promise<LookedUp>
  report(call: FinishedCall): Promise<{ skipped: boolean; status: number | null; body: string }>
}
/** `contact` is null where 3CX shows the bare number; `trouble` is what its log would say. */
type LookedUp = { contact: Record<string, string> | null; trouble: string | null }
export type FinishedCall = Record<string, string | Date>

type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string }
type Variables = Record<string, string | Date>
type Options = { parameters: Record<string, string>; patienceMs?: number }

export function install3cx(xml: string, { parameters, patienceMs = 2_000 }: Options): Pbx {
  const crm = rootOf(xml)
  const known: Variables = {
    ...Object.fromEntries(
      all(crm, 'Parameters', 'Parameter').map(({ attributes: { Name, Default } }) => [Name, Default]),
    ),
    ...parameters,
  }
  const scenario = (id: string) => all(crm, 'Scenarios', 'Scenario').find(({ attributes }) => attributes['Id'] === id)!
  const prefix = only(crm, 'Number').attributes['Prefix']!
  return {
    async lookup(from) {
      const variables = { ...known, Number: withPrefix(from, prefix) }
      const found = await asked(only(scenario(''), 'Request'), variables, patienceMs)
      const contact = found.answer === null ? null : contactIn(scenario(''), found.answer, variables)
      return { contact, trouble: found.trouble }
    },
    async report({ Number: number, ...call }) {
      const variables = { ...known, Number: withPrefix(String(number), prefix), ...call }
      const { skipped, status, body } = await asked(only(scenario('ReportCall'), 'Request'), variables, patienceMs)
      return { skipped, status, body }
    },
  }
}

async function asked(request: Element, variables: Variables, patienceMs: number) {
  const nothing = { skipped: false, status: null, body: '', answer: null }
  if (isTrue(request.attributes['SkipIf']!, variables)) return { ...nothing, skipped: true, trouble: null }
  const values = (folder: string) =>
    Object.fromEntries(
      all(request, folder, 'Value').map(({ attributes: { Key, Passes }, text }) => [
        Key!,
        valueOf(text, variables, Number(Passes)),
      ]),
    )
  const isPost = request.attributes['RequestType'] === 'Post'
  try {
    const response = await fetch(valueOf(request.attributes['Url']!, variables, 1), {
      method: isPost ? 'POST' : 'GET',
      headers: { ...values('Headers'), ...(isPost && { 'content-type': request.attributes['RequestContentType']! }) },
      ...(isPost && { body: JSON.stringify(values('PostValues')) }),
      signal: AbortSignal.timeout(patienceMs),
    })
    const { status } = response
    const body = await response.text()
    if (!response.ok) return { ...nothing, status, body, trouble: `HTTP ${status}` }
    return { skipped: false, status, body, answer: JSON.parse(body) as unknown, trouble: null }
  } catch (error) {
    return { ...nothing, trouble: (error as Error).name }
  }
}

function contactIn(scenario: Element, answer: unknown, variables: Variables): Record<string, string> | null {
  const holds = all(scenario, 'Rules', 'Rule').some(({ text }) => at(answer, text) !== '')
  if (!holds) return null
  const read = all(scenario, 'Variables', 'Variable').map(({ attributes: { Name, Path } }) => [Name, at(answer, Path!)])
  const filled = { ...variables, ...(Object.fromEntries(read) as Record<string, string>) }
  const outputs = only(scenario, 'Outputs')
  return Object.fromEntries(
    outputs.children
      .map(({ attributes: { Type, Value } }) => [Type!, valueOf(Value!, filled, 1)] as const)
      .filter(([, value]) => value !== '' || outputs.attributes['AllowEmpty'] === 'true'),
  )
}

/** Dotted, from the root; lists are walked through, and none is entered by position. */
function at(value: unknown, path: string): string {
  const [first, ...rest] = path.trim().split('.')
  if (Array.isArray(value)) return value.map((one) => at(one, path)).find(Boolean) ?? ''
  if (!first || typeof value !== 'object' || value === null) return ''
  const next = (value as Record<string, unknown>)[first]
  if (rest.length > 0) return at(next, rest.join('.'))
  return typeof next === 'string' ? next : next === undefined || next === null ? '' : JSON.stringify(next)
}

/** `[Name]`, and with a second pass `[[Name].ToString("…")]`, which fails on what has no value. */
function valueOf(text: string, variables: Variables, passes: number): string {
  const once = text.replaceAll(/\[\[(\w+)\]\.ToString\("([^"]+)"\)\]/g, (_, name: string, format: string) => {
    if (passes < 2) throw new Error('A method is called in a second pass.')
    const moment = variables[name]
    if (!(moment instanceof Date)) throw new Error(`${name} has no value to format.`)
    return formatted(moment, format)
  })
  return once.replaceAll(/\[(\w+)\]/g, (_, name: string) => {
    const value = variables[name] ?? ''
    return value instanceof Date ? formatted(value, 'MM/dd/yyyy HH:mm:ss') : value
  })
}

function formatted(moment: Date, format: string): string {
  const [yyyy, MM, dd, HH, mm, ss] = moment.toISOString().split(/\D/) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const parts: Record<string, string> = { yyyy, MM, dd, HH, mm, ss }
  return format.replaceAll(/yyyy|MM|dd|HH|mm|ss/g, (part) => parts[part]!)
}

function isTrue(condition: string, variables: Variables): boolean {
  if (condition === '') return false
  const [, left, operator, right] = /^(.*?)(!=|==)(.*)$/.exec(condition)!
  return (valueOf(left!, variables, 1) === valueOf(right!, variables, 1)) === (operator === '==')
}

function withPrefix(number: string, prefix: string): string {
  const [, sign, rest] = /^(\+|00)?(.*)$/.exec(number)!
  if (!sign || prefix === 'AsIs') return number
  return { Off: '', Plus: '+', Zeros: '00' }[prefix]! + rest!
}

function rootOf(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' }
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on('text', (text) => (open.at(-1)!.text += text))
  parser.on('closetag', () => open.pop())
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return root.children[0]!
}

const only = (parent: Element, name: string): Element => parent.children.find((child) => child.name === name)!
const all = (parent: Element, folder: string, name: string): Element[] =>
  (parent.children.find((child) => child.name === folder)?.children ?? []).filter((child) => child.name === name)
