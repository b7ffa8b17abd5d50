import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Apre il caso dal desktop di Talkdesk e dice al flusso chi chiama.',
    flow: ['Paziente', 'Talkdesk', 'ClínicaCRM', 'Pagina dell’agente'],
    steps: [
      'In un’automazione o in un’azione dell’agente che apre un indirizzo, inserire quello indicato nella pagina della piattaforma.',
      'Facoltativo: in Talkdesk Studio, una richiesta HTTP che chiede chi chiama, con una chiave API del profilo «minimal» e un limite di 2 secondi.',
      'Provare con un numero noto, uno sconosciuto e uno nascosto.',
    ],
  },
  en: {
    summary: 'Opens the case from Talkdesk’s desktop, and tells the flow who calls.',
    flow: ['Patient', 'Talkdesk', 'ClínicaCRM', 'Agent’s page'],
    steps: [
      'In an automation or an agent’s action that opens an address, enter the one on the platform’s page.',
      'Optional: in Talkdesk Studio, an HTTP request that asks who calls, with an API key of the profile “minimal” and a limit of 2 seconds.',
      'Try a known, an unknown and a withheld number.',
    ],
  },
  es: {
    summary: 'Abre el caso desde el escritorio de Talkdesk y dice al flujo quién llama.',
    flow: ['Paciente', 'Talkdesk', 'ClínicaCRM', 'Página del agente'],
    steps: [
      'En una automatización o una acción del agente que abra una dirección, introducir la indicada en la página de la plataforma.',
      'Opcional: en Talkdesk Studio, una petición HTTP que pregunta quién llama, con una clave de API del perfil «minimal» y un límite de 2 segundos.',
      'Probar con un número conocido, uno desconocido y uno oculto.',
    ],
  },
}
