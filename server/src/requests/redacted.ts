/** Of a number, enough to recognise it by, never enough to dial it. */
export function redactedPhone(phone: string | null): string | null {
  if (phone === null) return null
  const digits = phone.replaceAll(/\D/g, '')
  // Words of platforms, such as "anonymous", and extensions are nobody's secret; what stands beside a number may be a name.
  if (digits.length < 6) return /^[\w.@:+ -]{0,24}$/.test(phone) ? phone : '…'
  const plus = phone.trimStart().startsWith('+') ? '+' : ''
  return `${plus}${digits.slice(0, 2)}…${digits.slice(-3)}`
}

/** The same for every number in a text: whatever has six digits or more with no letter between them. */
export const redactedText = (text: string): string =>
  text.replaceAll(/\+?\d(?:[\s()./-]?\d){5,}/g, (number) => redactedPhone(number) ?? '')
