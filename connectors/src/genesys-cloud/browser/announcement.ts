import type { Language } from '../../connector.ts'

const texts: Record<Language, { known: (name: string) => string; unknown: string }> = {
  it: { known: (name) => `In linea: ${name}`, unknown: 'Chiamata in arrivo: chi chiama è da chiarire.' },
  en: { known: (name) => `On the line: ${name}`, unknown: 'Incoming call: who is calling is still to be found out.' },
  es: { known: (name) => `En línea: ${name}`, unknown: 'Llamada entrante: falta aclarar quién llama.' },
}

export const announcement = (language: Language, name: string | null): string =>
  name === null ? texts[language].unknown : texts[language].known(name)
