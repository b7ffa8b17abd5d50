import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Riconosce chi chiama con una Lambda e mostra il caso nell’area di lavoro di Amazon Connect.',
    flow: ['Paziente', 'Amazon Connect', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [],
  },
  en: {
    summary: 'Recognises the caller with a Lambda, and shows the case in the Amazon Connect workspace.',
    flow: ['Patient', 'Amazon Connect', 'ClínicaCRM', 'Agent’s card'],
    steps: [],
  },
  es: {
    summary: 'Reconoce a quien llama con una Lambda y muestra el caso en el espacio de trabajo de Amazon Connect.',
    flow: ['Paciente', 'Amazon Connect', 'ClínicaCRM', 'Ficha del agente'],
    steps: [],
  },
}
