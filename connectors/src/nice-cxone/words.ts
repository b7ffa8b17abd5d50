import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Apre il caso da uno script di NICE CXone.',
    flow: ['Paziente', 'NICE CXone', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [],
  },
  en: {
    summary: 'Opens the case from a NICE CXone script.',
    flow: ['Patient', 'NICE CXone', 'ClínicaCRM', 'Agent’s card'],
    steps: [],
  },
  es: {
    summary: 'Abre el caso desde un script de NICE CXone.',
    flow: ['Paciente', 'NICE CXone', 'ClínicaCRM', 'Ficha del agente'],
    steps: [],
  },
}
