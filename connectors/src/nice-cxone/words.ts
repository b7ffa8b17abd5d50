import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Apre il caso da uno script di Studio.',
    flow: ['Paziente', 'NICE CXone', 'ClínicaCRM', 'Pagina dell’agente'],
    steps: [
      'In Studio, sul ramo ONANSWER, aggiungere un’azione POPURL con l’indirizzo indicato nella pagina della piattaforma.',
      'L’indirizzo si apre in una scheda del browser; dentro l’applicazione degli agenti si può mostrare il pannello /embed/nice-cxone, se lo script invia gli eventi e l’origine è consentita in Impostazioni, Telefonia.',
      'Facoltativo: una richiesta REST allo script per sapere chi chiama, con una chiave API del profilo «minimal» e un limite di 2 secondi.',
      'Provare con un numero noto, uno sconosciuto e uno nascosto.',
    ],
  },
  en: {
    summary: 'Opens the case from a Studio script.',
    flow: ['Patient', 'NICE CXone', 'ClínicaCRM', 'Agent’s page'],
    steps: [
      'In Studio, on the ONANSWER branch, add a POPURL action with the address on the platform’s page.',
      'The address opens in a tab of the browser; inside the agents’ application the panel /embed/nice-cxone can be shown, if the script sends events and the origin is allowed under Settings, Telephony.',
      'Optional: a REST request in the script that asks who calls, with an API key of the profile “minimal” and a limit of 2 seconds.',
      'Try a known, an unknown and a withheld number.',
    ],
  },
  es: {
    summary: 'Abre el caso desde un script de Studio.',
    flow: ['Paciente', 'NICE CXone', 'ClínicaCRM', 'Página del agente'],
    steps: [
      'En Studio, en la rama ONANSWER, añadir una acción POPURL con la dirección indicada en la página de la plataforma.',
      'La dirección se abre en una pestaña del navegador; dentro de la aplicación de los agentes se puede mostrar el panel /embed/nice-cxone, si el script envía los eventos y el origen está permitido en Ajustes, Telefonía.',
      'Opcional: una petición REST en el script que pregunta quién llama, con una clave de API del perfil «minimal» y un límite de 2 segundos.',
      'Probar con un número conocido, uno desconocido y uno oculto.',
    ],
  },
}
