/** A line's address, of which the secret is shown once. */
export type MadeLine = { connector: string; url: string; hint: string }

/** A line for a terminal: a call rings at this person. Null where the platform signs what it says, or says it otherwise. */
export function trialOf({ connector, url, hint }: MadeLine, email: string): string | null {
  if (connector !== 'cti-push' && connector !== 'own-json') return null
  const call = `test-${hint}`
  const from = '+390622224444'
  const body =
    connector === 'cti-push'
      ? { event: 'newCall', direction: 'in', callId: call, from, to: '', user: [email] }
      : { event: 'ringing', call_id: call, from, agent: email }
  return `curl "${url}" -H "content-type: application/json" -d ${quoted(JSON.stringify(body))}`
}

/** To the letter, also with an apostrophe in it. */
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`
