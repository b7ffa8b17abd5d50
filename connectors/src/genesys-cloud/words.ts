import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Riconosce chi chiama già nel flusso e mostra il caso nel desktop di Genesys Cloud.',
    flow: ['Paziente', 'Flusso Architect', 'Data action', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [
      'In ClínicaCRM creare una chiave API con gli ambiti lookup:read e calls:write e il profilo «greeting».',
      'In Genesys Cloud aggiungere l’integrazione «Web Services Data Actions», con credenziali «User Defined» e un campo apiKey: lì va la chiave, e in nessun altro posto.',
      'Importare le due data action in Admin › Integrations › Actions, provarle con un numero noto e pubblicarle.',
      'Nel flusso in entrata chiamare «ClinicaCRM - Lookup by phone» con Call.Ani e Call.ConversationId, tempo massimo 2 secondi; tutte e tre le uscite proseguono verso la coda.',
      'Aggiungere il widget di interazione con l’indirizzo del riquadro, e in Impostazioni › Telefonia › Riquadro nei programmi dei centralini consentire l’origine della regione.',
      'Per il registro delle chiamate creare tre workflow che chiamano «ClinicaCRM - Call event», e i tre trigger del file.',
      'In Impostazioni › Telefonia › Agenti assegnare gli id utente di Genesys Cloud a chi lavora con ClínicaCRM.',
      'Facoltativo: per avere il telefono dentro ClínicaCRM, caricare clinicacrm-framework.js nell’integrazione Embeddable Framework.',
    ],
    fields: {
      region: {
        label: 'Regione',
        text: 'Ciò che segue https://apps. nell’indirizzo di Genesys Cloud.',
      },
      client_id: {
        label: 'Client OAuth del telefono',
        text: 'Id di un client OAuth di tipo «Implicit Grant». Serve soltanto per il telefono dentro ClínicaCRM.',
      },
    },
    files: {
      'clinicacrm-lookup.custom.json': 'Data action che cerca chi chiama: Admin › Integrations › Actions › Import.',
      'clinicacrm-call-event.custom.json':
        'Data action che racconta gli eventi di una chiamata: importare come l’altra.',
      'clinicacrm-triggers.zip':
        'I tre trigger, uno per file: inserire l’id del workflow e inviarli all’API, oppure ricopiarli in Admin › Triggers.',
      'clinicacrm-framework.js':
        'Per l’integrazione Embeddable Framework: il telefono di Genesys Cloud dentro ClínicaCRM. Scaricare di nuovo dopo ogni cambio delle impostazioni.',
    },
  },
  en: {
    summary: 'Recognises the caller in the flow, and shows the case in the Genesys Cloud desktop.',
    flow: ['Patient', 'Architect flow', 'Data action', 'ClínicaCRM', 'Agent’s card'],
    steps: [
      'In ClínicaCRM create an API key with the scopes lookup:read and calls:write and the profile “greeting”.',
      'In Genesys Cloud add the integration “Web Services Data Actions”, with credentials “User Defined” and a field apiKey: the key goes there, and nowhere else.',
      'Import both data actions under Admin › Integrations › Actions, test them with a known number, publish them.',
      'In the inbound flow call “ClinicaCRM - Lookup by phone” with Call.Ani and Call.ConversationId, 2 seconds at most; all three outputs go on to the queue.',
      'Add the interaction widget with the address of the panel, and allow the region’s origin under Settings › Telephony › Panel inside the platforms’ programs.',
      'For the call log, create three workflows that call “ClinicaCRM - Call event”, and the three triggers of the file.',
      'Under Settings › Telephony › Agents give the user ids of Genesys Cloud to the people of ClínicaCRM.',
      'Optional: to have the telephone inside ClínicaCRM, upload clinicacrm-framework.js to the Embeddable Framework integration.',
    ],
    fields: {
      region: {
        label: 'Region',
        text: 'What follows https://apps. in the address of your Genesys Cloud.',
      },
      client_id: {
        label: 'OAuth client of the telephone',
        text: 'Id of an OAuth client of the type “Implicit Grant”. Only the telephone inside ClínicaCRM needs it.',
      },
    },
    files: {
      'clinicacrm-lookup.custom.json': 'Data action that looks the caller up: Admin › Integrations › Actions › Import.',
      'clinicacrm-call-event.custom.json': 'Data action that tells of a call’s events: import it like the other one.',
      'clinicacrm-triggers.zip':
        'The three triggers, one a file: put in the id of your workflow and post them to the API, or copy them into Admin › Triggers.',
      'clinicacrm-framework.js':
        'For the Embeddable Framework integration: the telephone of Genesys Cloud inside ClínicaCRM. Download it again after each change of the settings.',
    },
  },
  es: {
    summary: 'Reconoce a quien llama ya en el flujo y muestra el caso en el escritorio de Genesys Cloud.',
    flow: ['Paciente', 'Flujo de Architect', 'Data action', 'ClínicaCRM', 'Ficha del agente'],
    steps: [
      'En ClínicaCRM crear una clave API con los ámbitos lookup:read y calls:write y el perfil «greeting».',
      'En Genesys Cloud añadir la integración «Web Services Data Actions», con credenciales «User Defined» y un campo apiKey: ahí va la clave, y en ningún otro sitio.',
      'Importar las dos data actions en Admin › Integrations › Actions, probarlas con un número conocido y publicarlas.',
      'En el flujo de entrada llamar a «ClinicaCRM - Lookup by phone» con Call.Ani y Call.ConversationId, 2 segundos como máximo; las tres salidas siguen hacia la cola.',
      'Añadir el widget de interacción con la dirección del panel, y permitir el origen de la región en Ajustes › Telefonía › Panel en los programas de las centralitas.',
      'Para el registro de llamadas crear tres workflows que llamen a «ClinicaCRM - Call event», y los tres triggers del archivo.',
      'En Ajustes › Telefonía › Agentes asignar los id de usuario de Genesys Cloud a las personas de ClínicaCRM.',
      'Opcional: para tener el teléfono dentro de ClínicaCRM, subir clinicacrm-framework.js a la integración Embeddable Framework.',
    ],
    fields: {
      region: {
        label: 'Región',
        text: 'Lo que sigue a https://apps. en la dirección de Genesys Cloud.',
      },
      client_id: {
        label: 'Cliente OAuth del teléfono',
        text: 'Id de un cliente OAuth de tipo «Implicit Grant». Solo lo necesita el teléfono dentro de ClínicaCRM.',
      },
    },
    files: {
      'clinicacrm-lookup.custom.json': 'Data action que busca a quien llama: Admin › Integrations › Actions › Import.',
      'clinicacrm-call-event.custom.json':
        'Data action que cuenta los eventos de una llamada: importarla como la otra.',
      'clinicacrm-triggers.zip':
        'Los tres triggers, uno por archivo: poner el id del workflow y enviarlos a la API, o copiarlos en Admin › Triggers.',
      'clinicacrm-framework.js':
        'Para la integración Embeddable Framework: el teléfono de Genesys Cloud dentro de ClínicaCRM. Descargarlo de nuevo tras cada cambio de los ajustes.',
    },
  },
}
