import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Dà al centralino 3CX il nome di chi chiama e annota ogni chiamata.',
    flow: ['Paziente', '3CX', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [],
  },
  en: {
    summary: 'Gives the 3CX phone system the caller’s name, and journals every call.',
    flow: ['Patient', '3CX', 'ClínicaCRM', 'Agent’s card'],
    steps: [],
  },
  es: {
    summary: 'Da a la centralita 3CX el nombre de quien llama y anota cada llamada.',
    flow: ['Paciente', '3CX', 'ClínicaCRM', 'Ficha del agente'],
    steps: [],
  },
}
