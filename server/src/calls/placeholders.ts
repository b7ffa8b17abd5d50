/** `@Call.ANI@`, `{{phone}}`, `${ani}`, `%CALLERNUM%`, `[NUMBER]`, `$.CustomerEndpoint.Address`: what a platform did not fill in. */
const unfilled = /^(@[\w.]*@|\{+[^}]*\}+|\$\{[^}]*\}|\$\.[\w.]+|%[a-z_][\w.]*%|\[[\w.]*\]|<[\w.]*>|undefined|null)$/i

/** What a platform put into an address, or nothing. */
export function filledIn(value: string | null | undefined): string | null {
  const text = value?.trim() ?? ''
  return text === '' || unfilled.test(text) ? null : value!
}
