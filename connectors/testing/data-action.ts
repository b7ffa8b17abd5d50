import { Ajv } from 'ajv'
import { JSONPath } from 'jsonpath-plus'
import { render } from 'velocityjs'

type Schema = Record<string, unknown>
export type DataAction = {
  name: string
  integrationType: string
  actionType: string
  config: {
    request: {
      requestType: 'GET' | 'POST'
      requestUrlTemplate: string
      requestTemplate: string
      headers: Record<string, string>
    }
    response: {
      translationMap: Record<string, string>
      translationMapDefaults: Record<string, string>
      successTemplate: string
    }
  }
  contract: { input: { inputSchema: Schema }; output: { successSchema: Schema } }
}

/** The three outputs of Architect's “Call Data Action”. */
export type Outcome =
  | { kind: 'success'; output: Record<string, unknown> }
  | { kind: 'failure'; why: string }
  | { kind: 'timeout' }
type Options = { timeoutMs?: number; credentials?: Record<string, string> }

/** Runs an exported data action as its platform documents it: what is asked is asked, what is answered is translated. */
export async function runDataAction(
  action: DataAction,
  input: Record<string, unknown>,
  { timeoutMs = 60_000, credentials = {} }: Options = {},
): Promise<Outcome> {
  mustFit(action.contract.input.inputSchema, input)
  const { request, response } = action.config
  const context = { input: { ...input, rawRequest: JSON.stringify(input) }, credentials, esc }
  const headers = Object.entries(request.headers).map(([name, value]) => [name, rendered(value, context)] as const)
  try {
    const answer = await fetch(rendered(request.requestUrlTemplate, context), {
      method: request.requestType,
      headers: Object.fromEntries(headers),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      ...(request.requestType === 'POST' && { body: rendered(request.requestTemplate, context) }),
    })
    const body = await answer.text()
    if (!answer.ok) return { kind: 'failure', why: `${answer.status} ${body}` }
    const output = JSON.parse(rendered(response.successTemplate, translated(response, JSON.parse(body))))
    mustFit(action.contract.output.successSchema, output)
    return { kind: 'success', output }
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return { kind: 'timeout' }
    return { kind: 'failure', why: String(error) }
  }
}

/** Values stand in the template as JSON text, quotes included. */
function translated({ translationMap, translationMapDefaults }: DataAction['config']['response'], json: object) {
  const valueOf = (name: string, path: string) => {
    const found = JSONPath({ path, json, wrap: false }) as unknown
    return found === undefined ? translationMapDefaults[name] : JSON.stringify(found)
  }
  return Object.fromEntries(Object.entries(translationMap).map(([name, path]) => [name, valueOf(name, path)]))
}

function mustFit({ $schema: _draft4, ...schema }: Schema, value: unknown) {
  const ajv = new Ajv({ strict: true })
  if (!ajv.validate(schema, value)) throw new Error(ajv.errorsText())
}

const esc = {
  // As `URLEncoder` with blanks as %20: more is escaped than `encodeURIComponent` does.
  uriEncode: (text: string) =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`),
  jsonEncode: (text: string) => JSON.stringify(text).slice(1, -1),
}

const rendered = (template: string, context: object) => render(template, context as Record<string, unknown>)
