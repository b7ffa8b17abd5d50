import { createHmac, timingSafeEqual } from 'node:crypto'

type Signed = { url: string; fields: URLSearchParams; signature: string }

/** Twilio's signature: the address, then each field with its value in the order of their names, under the auth token. */
export function isSignedBy(authToken: string, { url, fields, signature }: Signed): boolean {
  const names = [...new Set(fields.keys())].sort()
  const rest = names.map((name) => [...new Set(fields.getAll(name))].sort().map((value) => name + value)).flat()
  // Which port it names where that goes without saying, Twilio's own libraries leave open.
  return [url, withPort(url)].some((address) => {
    const wanted = createHmac('sha1', authToken)
      .update(address + rest.join(''))
      .digest()
    const given = Buffer.from(signature, 'base64')
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  })
}

const withPort = (url: string): string => url.replace(/^(https:\/\/[^/:?#]+)(?=[/?#]|$)/, '$1:443')
