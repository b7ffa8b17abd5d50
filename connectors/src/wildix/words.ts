import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Apre il caso da Collaboration quando arriva una chiamata.',
    flow: ['Paziente', 'Wildix', 'ClínicaCRM', 'Pagina dell’agente'],
    steps: [
      'In Collaboration: Impostazioni, Personali, Popup URL; oppure, per x-bees e Collaboration 7, in WMS: Utenti, Preferenze.',
      'Inserire l’indirizzo della pagina della piattaforma per le chiamate in entrata, evento «Answer».',
      'Provare con un numero noto, uno sconosciuto e uno nascosto.',
    ],
  },
  en: {
    summary: 'Opens the case from Collaboration when a call comes.',
    flow: ['Patient', 'Wildix', 'ClínicaCRM', 'Agent’s page'],
    steps: [
      'In Collaboration: Settings, Personal, Popup URL; for x-bees and Collaboration 7, in WMS: Users, Preferences.',
      'Enter the address on the platform’s page for incoming calls, with the event “Answer”.',
      'Try a known, an unknown and a withheld number.',
    ],
  },
  es: {
    summary: 'Abre el caso desde Collaboration cuando llega una llamada.',
    flow: ['Paciente', 'Wildix', 'ClínicaCRM', 'Página del agente'],
    steps: [
      'En Collaboration: Ajustes, Personales, Popup URL; para x-bees y Collaboration 7, en WMS: Usuarios, Preferencias.',
      'Introducir la dirección de la página de la plataforma para las llamadas entrantes, con el evento «Answer».',
      'Probar con un número conocido, uno desconocido y uno oculto.',
    ],
  },
}
