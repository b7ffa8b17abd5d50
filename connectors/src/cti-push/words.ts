import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Prende ciò che sipgate.io, e chi parla il CTI generico di Zammad, inviano di ogni chiamata.',
    flow: ['Paziente', 'CTI push (sipgate.io, Zammad)', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [],
  },
  en: {
    summary: 'Takes what sipgate.io, and whoever speaks Zammad’s generic CTI, push of every call.',
    flow: ['Patient', 'CTI push (sipgate.io, Zammad)', 'ClínicaCRM', 'Agent’s card'],
    steps: [],
  },
  es: {
    summary: 'Recibe lo que sipgate.io, y quien habla el CTI genérico de Zammad, envían de cada llamada.',
    flow: ['Paciente', 'CTI push (sipgate.io, Zammad)', 'ClínicaCRM', 'Ficha del agente'],
    steps: [],
  },
}
