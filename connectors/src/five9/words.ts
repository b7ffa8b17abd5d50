import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Mostra il caso quando Five9 passa la chiamata, e annota l’esito.',
    flow: ['Paziente', 'Five9', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [],
  },
  en: {
    summary: 'Shows the case when Five9 hands over the call, and notes how it went.',
    flow: ['Patient', 'Five9', 'ClínicaCRM', 'Agent’s card'],
    steps: [],
  },
  es: {
    summary: 'Muestra el caso cuando Five9 pasa la llamada y anota el resultado.',
    flow: ['Paciente', 'Five9', 'ClínicaCRM', 'Ficha del agente'],
    steps: [],
  },
}
