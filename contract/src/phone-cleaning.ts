/** The part of a `tel:` or `sip:` address that names who is calling, and what was said about it. */
export type Address = {
  /** The user part, or the whole text when there is no address around it. */
  user: string
  /** Digits of the `ext` parameter. */
  ext: string | null
  /** A SIP address: its user may be a name, and that is nobody's mistake. */
  isSip: boolean
}

/** Rule 1: the same characters for everybody. The only line break left is "\n". Never throws. */
export function cleanPhoneText(text: string): string {
  const plain = /[^\n -~]/.test(text) ? plainCharacters(text) : text
  return undoPercentEncoding(plain)
    .replace(/\\/g, '/')
    .replace(/(?<=\d)_(?=\d)/g, '-')
    .replace(/^[\s"'`=]+|[\s"'`]+$/g, '')
}

/**
 * Rule 3: what is inside `Name <…>`, after the scheme and before the "@". Display name, host, port, password and tag
 * are never read. `bareUserAtHost` also opens "user@host", which from a switch is SIP and in a stored field is e-mail.
 */
export function unwrapAddress(text: string, bareUserAtHost: boolean): Address {
  const address = insideAngles(text)
  const [prefix, scheme = ''] = schemePattern.exec(address) ?? ['']
  const isSip = /^sips?$/i.test(scheme) || (bareUserAtHost && /^[^@]+@[^\s@]+$/.test(address))
  if (!isSip && !scheme && !/;\s*(?:ext|phone-context)=/i.test(address)) return { user: address, ext: null, isSip }

  const uri = address.slice(prefix.length)
  const user = uri.replace(isSip ? /[;?&@:].*$/s : /[;?&].*$/s, '')
  const ext = /;\s*ext=\s*(\d{1,7})(?!\d)/i.exec(uri)?.[1] ?? null
  return { user: isSip && ipv4Pattern.test(user) ? '' : withContext(user, uri), ext, isSip }
}

const schemePattern = /^\s*(tel|sips?|callto|whatsapp)\s*:(?:\/\/)?(?:send\/?\?phone=)?/i
const ipv4Pattern = /^\d{1,3}(?:\.\d{1,3}){3}$/

function plainCharacters(text: string): string {
  return (
    text
      .toWellFormed()
      .normalize('NFKC')
      // One Arabic ligature becomes eighteen letters: keep the promise of the callers' caps.
      .slice(0, 256)
      .replace(/[\r\n\u0085\u2028\u2029]+/g, '\n')
      .replace(/[\p{Zs}\t\v\f]/gu, ' ')
      // Marks go too: keycap emoji are digits wearing two of them.
      .replace(/(?!\n)[\p{Cf}\p{Cc}\p{M}]/gu, '')
      .replace(/(?![0-9])\p{Nd}/gu, asciiDigit)
      .replace(/[\p{Pd}\u2212\u2043\u02d7\u30fc]/gu, '-')
      .replace(/[\u2044\u2215]/g, '/')
      .replace(/[\u00b7\u2027\u30fb]/g, '.')
      .replace(/[\u060c\u061b\u3001\uff64]/g, ',')
      .replace(/\u2795/g, '+')
      .replace(/[\u00ab\u00bb\u2018-\u201f\u00b4]/g, '"')
  )
}

// Unicode keeps every script's digits in runs of ten, zero first: the distance to the start of the run is the value.
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  let start = code
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1
  return String((code - start) % 10)
}

// Rule 1: double-encoded text. Only what occurs around numbers, so that a "%" used as a wildcard stays one.
function undoPercentEncoding(text: string): string {
  if (!text.includes('%')) return text
  return text
    .replace(/%25(?=[23][0-9A-F]|40)/gi, '%')
    .replace(/%(2[089BDEF]|3[ABCDE]|40)/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

// The last pair, because a quoted display name may contain angles; only when something callable is inside.
function insideAngles(text: string): string {
  const inside = /<([^<>]*)>[^<>]*$/.exec(text)?.[1]
  return inside !== undefined && (/\d|@/.test(inside) || schemePattern.test(inside)) ? inside : text
}

// Rule 3: "+39" and "+39 06" are both what the number lacks in front. A domain means the default country. The library
// must not see contexts: its check of them keeps state and fails on every other call (catamphetamine#498).
function withContext(user: string, uri: string): string {
  if (!/^[\d\s().-]*\d[\d\s().-]*$/.test(user)) return user
  return (/;\s*phone-context=\s*(\+[\d ().-]+)/i.exec(uri)?.[1] ?? '') + user
}
