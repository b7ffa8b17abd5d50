import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Riconosce chi chiama con una Function e mostra il caso accanto all’attività in Flex.',
    flow: ['Paziente', 'Twilio Flex', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [],
  },
  en: {
    summary: 'Recognises the caller with a Function, and shows the case beside the task in Flex.',
    flow: ['Patient', 'Twilio Flex', 'ClínicaCRM', 'Agent’s card'],
    steps: [],
  },
  es: {
    summary: 'Reconoce a quien llama con una Function y muestra el caso junto a la tarea en Flex.',
    flow: ['Paciente', 'Twilio Flex', 'ClínicaCRM', 'Ficha del agente'],
    steps: [],
  },
}
