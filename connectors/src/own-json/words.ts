import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Prende gli eventi delle chiamate da script e ponti, nel nostro JSON.',
    flow: ['Paziente', 'ClínicaCRM JSON', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [],
  },
  en: {
    summary: 'Takes the events of calls from scripts and bridges, in our own JSON.',
    flow: ['Patient', 'ClínicaCRM JSON', 'ClínicaCRM', 'Agent’s card'],
    steps: [],
  },
  es: {
    summary: 'Recibe los eventos de las llamadas de scripts y puentes, en nuestro JSON.',
    flow: ['Paciente', 'ClínicaCRM JSON', 'ClínicaCRM', 'Ficha del agente'],
    steps: [],
  },
}
