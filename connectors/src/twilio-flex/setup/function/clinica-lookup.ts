/* Answers the plug-in in Flex. Public, and yet only for whoever is signed in to Flex: their token is checked with Twilio. */

type Context = Readonly<Record<string, string | undefined>>
type Asked = Readonly<Record<string, unknown>>
type Callback = (error: null, response: unknown) => void
type Crm = { lookUp(context: Context, asked: Asked): Promise<object> }

declare const Twilio: {
  Response: new () => { appendHeader(name: string, value: string): void; setBody(body: object): void }
}
declare const Runtime: { getFunctions(): Record<string, { path: string }> }

const { functionValidator } = require('twilio-flex-token-validator')

exports.handler = functionValidator(async (context: Context, asked: Asked, callback: Callback) => {
  const { lookUp } = require(Runtime.getFunctions()['clinica-crm']!.path) as Crm
  const response = new Twilio.Response()
  response.appendHeader('Access-Control-Allow-Origin', context['FLEX_ORIGIN'] || 'https://flex.twilio.com')
  response.appendHeader('Content-Type', 'application/json')
  response.appendHeader('Cache-Control', 'no-store')
  response.setBody(await lookUp(context, asked))
  callback(null, response)
})
