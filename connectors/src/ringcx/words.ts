import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Apre il caso quando l’agente di RingCX riceve la chiamata.',
    flow: ['Paziente', 'RingCX', 'ClínicaCRM', 'Pagina dell’agente'],
    steps: [
      'In RingCX, dove si indica un indirizzo da aprire per l’agente, inserire quello della pagina della piattaforma, con il segnaposto del numero.',
      'Facoltativo: nell’IVR, una richiesta HTTP che chiede chi chiama, con una chiave API del profilo «minimal» e un limite di 2 secondi.',
      'Provare con un numero noto, uno sconosciuto e uno nascosto.',
    ],
  },
  en: {
    summary: 'Opens the case when a RingCX agent gets the call.',
    flow: ['Patient', 'RingCX', 'ClínicaCRM', 'Agent’s page'],
    steps: [
      'In RingCX, where an address to open for the agent is entered, enter the one on the platform’s page, with the number’s placeholder.',
      'Optional: in the IVR, an HTTP request that asks who calls, with an API key of the profile “minimal” and a limit of 2 seconds.',
      'Try a known, an unknown and a withheld number.',
    ],
  },
  es: {
    summary: 'Abre el caso cuando el agente de RingCX recibe la llamada.',
    flow: ['Paciente', 'RingCX', 'ClínicaCRM', 'Página del agente'],
    steps: [
      'En RingCX, donde se indica una dirección que se abre para el agente, introducir la de la página de la plataforma, con el marcador del número.',
      'Opcional: en el IVR, una petición HTTP que pregunta quién llama, con una clave de API del perfil «minimal» y un límite de 2 segundos.',
      'Probar con un número conocido, uno desconocido y uno oculto.',
    ],
  },
}
