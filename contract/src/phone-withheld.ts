/** Rule 4: the words with which networks and people say that the caller hides the number. Any case, any accents. */
export function saysWithheld(text: string): boolean {
  const letters = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim()
  if (withheldWords.has(letters.replace(/ /g, ''))) return true
  const telling = letters.split(' ').filter((word) => !fillers.has(word))
  return withheldWords.has(telling.join(''))
}

/** Rule 4: words typed on a keypad, sent as a number; without the plus the same digits can be somebody's number. */
export function isWithheldNumber(written: string): boolean {
  const digits = written.replace(/[^\d]/g, '')
  return /^0+$/.test(digits) || (written.includes('+') && withheldNumbers.has(digits))
}

const fillers = new Set([
  ...['number', 'num', 'caller', 'call', 'calling', 'id', 'user', 'name', 'phone', 'the', 'by', 'party', 'identity'],
  ...['numero', 'chiamante', 'utente', 'chiamata', 'telefono', 'telefonico', 'di', 'del', 'dal', 'il', 'la'],
  ...['llamada', 'llamante', 'usuario', 'de', 'el', 'por', 'identidad'],
])

const withheldWords = new Set([
  ...['anonymous', 'anonymousinvalid', 'anonymousanonymous', 'anonym', 'anon', 'restricted', 'private', 'unavailable'],
  ...['unknown', 'withheld', 'blocked', 'hidden', 'suppressed', 'undisclosed', 'notavailable', 'clir'],
  ...['nocallerid', 'nonumber', 'outofarea', 'notdisclosed', 'unknownnumber', 'privatenumber', 'unknowncaller'],
  ...['anonimo', 'anonima', 'privato', 'privata', 'riservato', 'riservata', 'sconosciuto', 'sconosciuta', 'nascosto'],
  ...['nascosta', 'nondisponibile', 'oscurato', 'bloccato', 'fuoriarea', 'ignoto'],
  ...['privado', 'privada', 'oculto', 'oculta', 'desconocido', 'desconocida', 'restringido', 'restringida'],
  ...['nodisponible', 'reservado', 'reservada', 'bloqueado', 'bloqueada', 'fueradearea', 'noidentificado'],
])

// ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN, UNAVAILABLE on a telephone's keys.
const withheldNumbers = new Set(['266696687', '7378742833', '2562533', '8656696', '86282452253'])
