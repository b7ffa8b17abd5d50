import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Apre il caso da NethVoice CTI; la scheda viene dal ponte per Asterisk.',
    flow: ['Paziente', 'NethVoice', 'ClínicaCRM', 'Pagina dell’agente'],
    steps: [
      'Nel profilo degli agenti, attivare l’apertura di un URL parametrizzato e inserire l’indirizzo della pagina della piattaforma.',
      'Oppure, per scheda, registro e richiamate: il connettore Asterisk, che funziona con il centralino di NethVoice.',
      'Provare con un numero noto, uno sconosciuto e uno nascosto.',
    ],
  },
  en: {
    summary: 'Opens the case from NethVoice CTI; the card comes by the bridge for Asterisk.',
    flow: ['Patient', 'NethVoice', 'ClínicaCRM', 'Agent’s page'],
    steps: [
      'In the agents’ profile, turn on the parametrised URL and enter the address on the platform’s page.',
      'Or, for card, log and callbacks: the Asterisk connector, which works with NethVoice’s switchboard.',
      'Try a known, an unknown and a withheld number.',
    ],
  },
  es: {
    summary: 'Abre el caso desde NethVoice CTI; la ficha llega por el puente para Asterisk.',
    flow: ['Paciente', 'NethVoice', 'ClínicaCRM', 'Página del agente'],
    steps: [
      'En el perfil de los agentes, activar la apertura de una URL parametrizada e introducir la dirección de la página de la plataforma.',
      'O bien, para ficha, registro y devoluciones: el conector Asterisk, que funciona con la centralita de NethVoice.',
      'Probar con un número conocido, uno desconocido y uno oculto.',
    ],
  },
}
