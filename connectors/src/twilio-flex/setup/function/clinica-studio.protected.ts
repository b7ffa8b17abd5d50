/* Answers the widget “Run Function” of a Studio flow. Protected: Twilio lets in only what it signed itself. */

type Context = Readonly<Record<string, string | undefined>>
type Asked = Readonly<Record<string, unknown>>
type Callback = (error: null, answer: object) => void
type Crm = { lookUp(context: Context, asked: Asked): Promise<object> }

declare const Runtime: { getFunctions(): Record<string, { path: string }> }

exports.handler = async (context: Context, asked: Asked, callback: Callback) => {
  const { lookUp } = require(Runtime.getFunctions()['clinica-crm']!.path) as Crm
  callback(null, await lookUp(context, asked))
}
