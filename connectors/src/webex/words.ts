import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Apre il caso da un flusso di Webex Contact Center.',
    flow: ['Paziente', 'Webex Contact Center', 'ClínicaCRM', 'Pagina dell’agente'],
    steps: [
      'In Flow Designer, nell’evento AgentAnswered, aggiungere un’attività Screen Pop con l’indirizzo e i parametri della pagina della piattaforma.',
      'L’indirizzo si apre in una scheda del browser; dentro il desktop si può mostrare il pannello /embed/webex, se il flusso invia gli eventi e l’origine è consentita in Impostazioni, Telefonia.',
      'Facoltativo: un’attività HTTP Request che chiede chi chiama, con una chiave API del profilo «minimal» e un limite di 2 secondi.',
      'Provare con un numero noto, uno sconosciuto e uno nascosto.',
    ],
  },
  en: {
    summary: 'Opens the case from a Webex Contact Center flow.',
    flow: ['Patient', 'Webex Contact Center', 'ClínicaCRM', 'Agent’s page'],
    steps: [
      'In Flow Designer, on the event AgentAnswered, add a Screen Pop activity with the address and parameters on the platform’s page.',
      'The address opens in a tab of the browser; inside the desktop the panel /embed/webex can be shown, if the flow sends events and the origin is allowed under Settings, Telephony.',
      'Optional: an HTTP Request activity that asks who calls, with an API key of the profile “minimal” and a limit of 2 seconds.',
      'Try a known, an unknown and a withheld number.',
    ],
  },
  es: {
    summary: 'Abre el caso desde un flujo de Webex Contact Center.',
    flow: ['Paciente', 'Webex Contact Center', 'ClínicaCRM', 'Página del agente'],
    steps: [
      'En Flow Designer, en el evento AgentAnswered, añadir una actividad Screen Pop con la dirección y los parámetros de la página de la plataforma.',
      'La dirección se abre en una pestaña del navegador; dentro del escritorio se puede mostrar el panel /embed/webex, si el flujo envía los eventos y el origen está permitido en Ajustes, Telefonía.',
      'Opcional: una actividad HTTP Request que pregunta quién llama, con una clave de API del perfil «minimal» y un límite de 2 segundos.',
      'Probar con un número conocido, uno desconocido y uno oculto.',
    ],
  },
}
