import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Apre il caso dall’app Zoom Workplace e riceve le chiamate dal flusso.',
    flow: ['Paziente', 'Zoom Contact Center', 'ClínicaCRM', 'Pagina dell’agente'],
    steps: [
      'Configurare Launch URL con l’indirizzo della pagina della piattaforma e la variabile del numero del consumatore.',
      'Facoltativo: nel flusso, una richiesta HTTP che chiede chi chiama, con una chiave API e un limite di 2 secondi.',
      'Facoltativo: nel widget Start, script degli eventi «Engagement Accepted» e «Disposition Saved» che inviano gli eventi della chiamata.',
      'Provare con un numero noto, uno sconosciuto e uno nascosto.',
    ],
  },
  en: {
    summary: 'Opens the case from the Zoom Workplace app, and hears of calls from the flow.',
    flow: ['Patient', 'Zoom Contact Center', 'ClínicaCRM', 'Agent’s page'],
    steps: [
      'Set up Launch URL with the address on the platform’s page and the variable of the consumer’s number.',
      'Optional: in the flow, an HTTP call that asks who calls, with an API key and a limit of 2 seconds.',
      'Optional: in the Start widget, scripts of the events “Engagement Accepted” and “Disposition Saved” that send the events of the call.',
      'Try a known, an unknown and a withheld number.',
    ],
  },
  es: {
    summary: 'Abre el caso desde la aplicación Zoom Workplace y recibe las llamadas del flujo.',
    flow: ['Paciente', 'Zoom Contact Center', 'ClínicaCRM', 'Página del agente'],
    steps: [
      'Configurar Launch URL con la dirección de la página de la plataforma y la variable del número del consumidor.',
      'Opcional: en el flujo, una petición HTTP que pregunta quién llama, con una clave de API y un límite de 2 segundos.',
      'Opcional: en el widget Start, scripts de los eventos «Engagement Accepted» y «Disposition Saved» que envían los eventos de la llamada.',
      'Probar con un número conocido, uno desconocido y uno oculto.',
    ],
  },
}
