/**
 * Rule 10: what a number that fits no plan may have meant, as international digits without "+". Each is a guess: the
 * caller accepts one only if it is valid. `national` is the number after its country code, as the library cut it.
 */
export function repairsOf(countryCode: string, national: string): string[] {
  return [...countryCodeOnce(countryCode, national), ...(repairsByCode[countryCode]?.(national) ?? [])]
}

// "+39 39 …" and "+39 0039 …": a form that adds the code to a number that has it.
function countryCodeOnce(countryCode: string, national: string): string[] {
  const doubled = national.replace(/^0{1,2}/, '')
  return doubled.startsWith(countryCode) ? [doubled] : []
}

const repairsByCode: Record<string, (national: string) => string[]> = {
  '39': italian,
  '33': frenchOverseas,
  '52': mexican,
  '55': brazilian,
}

function italian(national: string): string[] {
  // A spreadsheet ate the 0. Never before 3, which starts the mobiles. Not for less than eight digits, which may be a
  // local number without its area; nor for more than nine: ten with the 0 is the longest that is not an extension
  // dialled through, and the guide's "+39 123 456 7890" stays what it is.
  if (/^[124-9]\d{7,8}$/.test(national)) return [`390${national}`]
  // "0333 1234567": nobody in Italy dials a 0 before a mobile, but foreign habits and forms write it.
  return /^0+3\d+$/.test(national) ? [`39${national.replace(/^0+/, '')}`] : []
}

// 044, 045 and 01 died in 2019, the 1 after +52 with them. Address books and carriers still send them.
function mexican(national: string): string[] {
  const subscriber = /^(?:1|01|044|045)(\d{10})$/.exec(national)?.[1]
  return subscriber ? [`52${subscriber}`] : []
}

// Mobiles got a ninth digit between 2012 and 2016: a 9 after the two-digit area.
function brazilian(national: string): string[] {
  const [, area, subscriber] = /^([1-9]\d)([6-9]\d{7})$/.exec(national) ?? []
  return area && subscriber ? [`55${area}9${subscriber}`] : []
}

// From mainland France the overseas departments are dialled like any area, though each has a country code.
function frenchOverseas(national: string): string[] {
  return /^\d{9}$/.test(national) ? ['262', '590', '594', '596'].map((code) => code + national) : []
}
