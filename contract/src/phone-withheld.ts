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
  const digits = written.replace(/\D/g, '')
  return /^0+$/.test(digits) || (written.includes('+') && withheldNumbers.has(digits))
}

const words = (...lists: string[]): Set<string> => new Set(lists.flatMap((list) => list.split(' ')))

const fillers = words(
  'number num caller call calling id user name phone the by party identity',
  'numero chiamante utente chiamata telefono telefonico di del dal il la',
  'llamada llamante usuario de el por identidad',
)

// Without blanks: "No Caller ID", "NO_CALLER_ID" and "NoCallerID" are one thing.
const withheldWords = words(
  'anonymous anonymousinvalid anonym restricted private unavailable unknown withheld blocked hidden suppressed clir',
  'undisclosed notdisclosed notavailable nocallerid nonumber outofarea privatenumber unknownnumber unknowncaller',
  'anonimo anonima privato privata riservato riservata sconosciuto sconosciuta ignoto nascosto nascosta oscurato',
  'bloccato nondisponibile fuoriarea',
  'privado privada oculto oculta desconocido desconocida restringido restringida reservado reservada bloqueado',
  'bloqueada nodisponible noidentificado fueradearea',
)

// ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN, UNAVAILABLE on a telephone's keys.
const withheldNumbers = new Set(['266696687', '7378742833', '2562533', '8656696', '86282452253'])
