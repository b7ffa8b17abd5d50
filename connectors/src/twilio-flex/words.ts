import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Riconosce chi chiama con una Function e mostra il caso accanto all’attività in Flex.',
    flow: ['Paziente', 'Flusso Studio', 'Function', 'TaskRouter', 'Riquadro in Flex', 'Scheda dell’agente'],
    steps: [
      'In ClínicaCRM creare una chiave API con l’ambito lookup:read e il profilo «minimal».',
      'In Twilio creare un servizio di Functions con le tre Functions qui sotto (privata, pubblica e protetta), la dipendenza twilio-flex-token-validator 1.6.0 e la variabile CRM_API_KEY: la chiave va lì, e in nessun altro posto.',
      'Inserire qui sotto l’indirizzo del servizio e gli identificativi di workflow e canale, salvare, poi scaricare il flusso e il plug-in: ne tengono conto.',
      'Importare il flusso in Studio, o aggiungere i suoi due widget al flusso esistente.',
      'Costruire il plug-in, pubblicarlo con la CLI di Twilio e attivarlo.',
      'In Impostazioni › Telefonia › Riquadro nei programmi dei centralini consentire https://flex.twilio.com.',
      'Per il registro delle chiamate e i richiami creare una linea Twilio Flex con l’Auth Token, e inserire il suo indirizzo in TaskRouter come «Event callback URL».',
      'In Impostazioni › Telefonia › Agenti assegnare i nomi dei worker a chi in ClínicaCRM ha un altro indirizzo e-mail.',
    ],
    fields: {
      auth_token: {
        label: 'Auth Token',
        text: 'Della console di Twilio; serve soltanto in una linea. Se inserito, valgono solo le richieste firmate da Twilio.',
      },
      functions_url: {
        label: 'Indirizzo delle Functions',
        text: 'Come https://clinica-1234.twil.io. Finisce nel plug-in e nel flusso.',
      },
      workflow_sid: {
        label: 'Workflow delle chiamate',
        text: 'Identificativo che comincia con WW. Finisce nel flusso; si può anche scegliere in Studio.',
      },
      task_channel_sid: {
        label: 'Canale voce',
        text: 'Identificativo del Task Channel «voice», che comincia con TC. Finisce nel flusso.',
      },
    },
    files: {
      'clinicacrm-flex-plugin.zip': 'Il plug-in per Flex UI 2, da costruire e pubblicare.',
      'clinica-crm.private.js': 'Function privata «clinica-crm»: chiede a ClínicaCRM chi chiama.',
      'clinica-lookup.js':
        'Function pubblica «clinica-lookup»: risponde al plug-in, dopo aver verificato chi è in Flex.',
      'clinica-studio.protected.js': 'Function protetta «clinica-studio»: risponde al flusso Studio.',
      'clinicacrm-studio-flow.json': 'Flusso Studio da importare: chiede chi chiama e passa la chiamata a Flex.',
    },
  },
  en: {
    summary: 'Recognises the caller with a Function, and shows the case beside the task in Flex.',
    flow: ['Patient', 'Studio flow', 'Function', 'TaskRouter', 'Panel in Flex', 'Agent’s card'],
    steps: [
      'In ClínicaCRM create an API key with the scope lookup:read and the profile “minimal”.',
      'In Twilio create a Functions service with the three Functions below (private, public and protected), the dependency twilio-flex-token-validator 1.6.0 and the variable CRM_API_KEY: the key goes there, and nowhere else.',
      'Enter the address of the service and the ids of workflow and channel below, save, then download flow and plug-in: they contain them.',
      'Import the flow into Studio, or add its two widgets to the flow you have.',
      'Build the plug-in, deploy it with Twilio’s CLI and release it.',
      'Under Settings › Telephony › Panel inside the platforms’ programs allow https://flex.twilio.com.',
      'For the call log and the callbacks create a Twilio Flex line with the Auth Token, and enter its address in TaskRouter as “Event callback URL”.',
      'Under Settings › Telephony › Agents give workers’ names to whoever has another e-mail address in ClínicaCRM.',
    ],
    fields: {
      auth_token: {
        label: 'Auth Token',
        text: 'From Twilio’s console; only a line needs it. With it, only requests that Twilio signed count.',
      },
      functions_url: {
        label: 'Address of the Functions',
        text: 'Such as https://clinica-1234.twil.io. It goes into the plug-in and the flow.',
      },
      workflow_sid: {
        label: 'Workflow of calls',
        text: 'Id that begins with WW. It goes into the flow; it can be chosen in Studio as well.',
      },
      task_channel_sid: {
        label: 'Voice channel',
        text: 'Id of the Task Channel “voice”, which begins with TC. It goes into the flow.',
      },
    },
    files: {
      'clinicacrm-flex-plugin.zip': 'The plug-in for Flex UI 2, to be built and deployed.',
      'clinica-crm.private.js': 'Private Function “clinica-crm”: asks ClínicaCRM who calls.',
      'clinica-lookup.js': 'Public Function “clinica-lookup”: answers the plug-in, once it is sure who sits in Flex.',
      'clinica-studio.protected.js': 'Protected Function “clinica-studio”: answers the Studio flow.',
      'clinicacrm-studio-flow.json': 'Studio flow to import: asks who calls and sends the call to Flex.',
    },
  },
  es: {
    summary: 'Reconoce a quien llama con una Function y muestra el caso junto a la tarea en Flex.',
    flow: ['Paciente', 'Flujo de Studio', 'Function', 'TaskRouter', 'Panel en Flex', 'Ficha del agente'],
    steps: [
      'En ClínicaCRM crear una clave de API con el ámbito lookup:read y el perfil «minimal».',
      'En Twilio crear un servicio de Functions con las tres Functions de abajo (privada, pública y protegida), la dependencia twilio-flex-token-validator 1.6.0 y la variable CRM_API_KEY: la clave va ahí y en ningún otro sitio.',
      'Introducir abajo la dirección del servicio y los identificadores de workflow y canal, guardar y después descargar el flujo y el plug-in: los contienen.',
      'Importar el flujo en Studio, o añadir sus dos widgets al flujo existente.',
      'Compilar el plug-in, publicarlo con la CLI de Twilio y activarlo.',
      'En Ajustes › Telefonía › Panel dentro de los programas de las centralitas permitir https://flex.twilio.com.',
      'Para el registro de llamadas y las devoluciones crear una línea Twilio Flex con el Auth Token, e introducir su dirección en TaskRouter como «Event callback URL».',
      'En Ajustes › Telefonía › Agentes asignar los nombres de los workers a quien tiene otra dirección de correo en ClínicaCRM.',
    ],
    fields: {
      auth_token: {
        label: 'Auth Token',
        text: 'De la consola de Twilio; solo hace falta en una línea. Con él, solo valen las peticiones firmadas por Twilio.',
      },
      functions_url: {
        label: 'Dirección de las Functions',
        text: 'Como https://clinica-1234.twil.io. Entra en el plug-in y en el flujo.',
      },
      workflow_sid: {
        label: 'Workflow de las llamadas',
        text: 'Identificador que empieza por WW. Entra en el flujo; también se puede elegir en Studio.',
      },
      task_channel_sid: {
        label: 'Canal de voz',
        text: 'Identificador del Task Channel «voice», que empieza por TC. Entra en el flujo.',
      },
    },
    files: {
      'clinicacrm-flex-plugin.zip': 'El plug-in para Flex UI 2, para compilar y publicar.',
      'clinica-crm.private.js': 'Function privada «clinica-crm»: pregunta a ClínicaCRM quién llama.',
      'clinica-lookup.js': 'Function pública «clinica-lookup»: responde al plug-in, tras comprobar quién está en Flex.',
      'clinica-studio.protected.js': 'Function protegida «clinica-studio»: responde al flujo de Studio.',
      'clinicacrm-studio-flow.json': 'Flujo de Studio para importar: pregunta quién llama y pasa la llamada a Flex.',
    },
  },
}
