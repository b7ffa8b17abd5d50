import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Riconosce chi chiama con una Lambda e mostra il caso nell’area di lavoro di Amazon Connect.',
    flow: ['Paziente', 'Flusso di Amazon Connect', 'Lambda', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [
      'In ClínicaCRM creare una chiave API con gli ambiti lookup:read e calls:write e il profilo «minimal».',
      'Qui sotto inserire indirizzo, regione e ARN dell’istanza, salvare e scaricare il modello CloudFormation.',
      'Nella console CloudFormation, nella stessa regione, creare uno stack con il modello: vi si inseriscono la chiave API e l’ARN della coda.',
      'In Amazon Connect, aprire il flusso «ClinicaCRM: who is calling», provarlo e collegarlo a un numero; oppure richiamare la Lambda da un flusso proprio.',
      'Nei profili di sicurezza degli agenti consentire l’accesso all’applicazione ClinicaCRM.',
      'In Impostazioni › Telefonia › Riquadro nei programmi dei centralini consentire l’indirizzo dell’istanza.',
      'In Impostazioni › Telefonia › Agenti assegnare gli ARN degli agenti di Amazon Connect a chi lavora con ClínicaCRM.',
      'Facoltativo: per avere il telefono dentro ClínicaCRM, aggiungere l’indirizzo di ClínicaCRM alle «Approved origins» dell’istanza.',
    ],
    fields: {
      instance_url: {
        label: 'Indirizzo dell’istanza',
        text: 'Ad esempio https://clinica.my.connect.aws. Serve per il telefono dentro ClínicaCRM.',
      },
      region: { label: 'Regione AWS', text: 'Quella dell’istanza, ad esempio eu-central-1.' },
      instance_arn: {
        label: 'ARN dell’istanza',
        text: 'Una volta salvato, gli eventi di altre istanze vengono rifiutati. Entra anche nel modello.',
      },
    },
    files: {
      'clinicacrm-connect.template.json':
        'Lo stack CloudFormation con tutto: Lambda, flusso, riquadro ed eventi. Per la maggior parte delle installazioni basta questo.',
      'clinicacrm-lookup.cjs': 'La stessa Lambda da sola, per chi la installa a mano (Node.js 22).',
      'clinicacrm-flow.json':
        'Lo stesso flusso da solo: sostituire i due segnaposto con l’ARN della Lambda e della coda, poi importarlo.',
    },
  },
  en: {
    summary: 'Recognises the caller with a Lambda, and shows the case in the Amazon Connect workspace.',
    flow: ['Patient', 'Amazon Connect flow', 'Lambda', 'ClínicaCRM', 'Agent’s card'],
    steps: [
      'In ClínicaCRM create an API key with the scopes lookup:read and calls:write and the profile “minimal”.',
      'Enter address, region and ARN of the instance below, save, and download the CloudFormation template.',
      'In the CloudFormation console, in the same region, create a stack of it: it asks for the API key and the ARN of the queue.',
      'In Amazon Connect, open the flow “ClinicaCRM: who is calling”, try it, and give it a telephone number; or call the Lambda from a flow of your own.',
      'Let the security profiles of agents see the application ClinicaCRM.',
      'Under Settings › Telephony › Panel inside the platforms’ programs, allow the address of the instance.',
      'Under Settings › Telephony › Agents, give the ARNs of Amazon Connect’s agents to the people of ClínicaCRM.',
      'Optional: to have the telephone inside ClínicaCRM, add the address of ClínicaCRM to the instance’s “Approved origins”.',
    ],
    fields: {
      instance_url: {
        label: 'Address of the instance',
        text: 'Such as https://clinic.my.connect.aws. The telephone inside ClínicaCRM needs it.',
      },
      region: { label: 'AWS region', text: 'Where the instance is, such as eu-central-1.' },
      instance_arn: {
        label: 'ARN of the instance',
        text: 'Once saved, events of other instances are refused. It also goes into the template.',
      },
    },
    files: {
      'clinicacrm-connect.template.json':
        'The CloudFormation stack with everything: Lambda, flow, panel and events. Most installations need nothing else.',
      'clinicacrm-lookup.cjs': 'The same Lambda by itself, for whoever sets it up by hand (Node.js 22).',
      'clinicacrm-flow.json':
        'The same flow by itself: put the ARNs of the Lambda and the queue for the two placeholders, then import it.',
    },
  },
  es: {
    summary: 'Reconoce a quien llama con una Lambda y muestra el caso en el espacio de trabajo de Amazon Connect.',
    flow: ['Paciente', 'Flujo de Amazon Connect', 'Lambda', 'ClínicaCRM', 'Ficha del agente'],
    steps: [
      'En ClínicaCRM, crear una clave de API con los ámbitos lookup:read y calls:write y el perfil «minimal».',
      'Introducir aquí abajo la dirección, la región y el ARN de la instancia, guardar y descargar la plantilla de CloudFormation.',
      'En la consola de CloudFormation, en la misma región, crear una pila con la plantilla: pide la clave de API y el ARN de la cola.',
      'En Amazon Connect, abrir el flujo «ClinicaCRM: who is calling», probarlo y asociarlo a un número; o llamar a la Lambda desde un flujo propio.',
      'En los perfiles de seguridad de los agentes, permitir el acceso a la aplicación ClinicaCRM.',
      'En Ajustes › Telefonía › Panel en los programas de las centralitas, permitir la dirección de la instancia.',
      'En Ajustes › Telefonía › Agentes, asignar los ARN de los agentes de Amazon Connect a quienes trabajan con ClínicaCRM.',
      'Opcional: para tener el teléfono dentro de ClínicaCRM, añadir la dirección de ClínicaCRM a los «Approved origins» de la instancia.',
    ],
    fields: {
      instance_url: {
        label: 'Dirección de la instancia',
        text: 'Por ejemplo, https://clinica.my.connect.aws. La necesita el teléfono dentro de ClínicaCRM.',
      },
      region: { label: 'Región de AWS', text: 'Donde está la instancia, por ejemplo eu-central-1.' },
      instance_arn: {
        label: 'ARN de la instancia',
        text: 'Una vez guardado, se rechazan los eventos de otras instancias. También entra en la plantilla.',
      },
    },
    files: {
      'clinicacrm-connect.template.json':
        'La pila de CloudFormation con todo: Lambda, flujo, panel y eventos. A la mayoría de las instalaciones le basta.',
      'clinicacrm-lookup.cjs': 'La misma Lambda por separado, para quien la instala a mano (Node.js 22).',
      'clinicacrm-flow.json':
        'El mismo flujo por separado: sustituir los dos marcadores por los ARN de la Lambda y de la cola, e importarlo.',
    },
  },
}
