import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Riconosce chi chiama già nel flusso e mostra il caso nel desktop di Genesys Cloud.',
    flow: ['Paziente', 'Genesys Cloud', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [],
  },
  en: {
    summary: 'Recognises the caller in the flow, and shows the case in the Genesys Cloud desktop.',
    flow: ['Patient', 'Genesys Cloud', 'ClínicaCRM', 'Agent’s card'],
    steps: [],
  },
  es: {
    summary: 'Reconoce a quien llama ya en el flujo y muestra el caso en el escritorio de Genesys Cloud.',
    flow: ['Paciente', 'Genesys Cloud', 'ClínicaCRM', 'Ficha del agente'],
    steps: [],
  },
}
