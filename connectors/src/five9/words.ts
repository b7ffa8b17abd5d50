import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary:
      'Mostra il caso quando Five9 passa la chiamata, tiene il telefono di Five9 accanto al CRM e annota l’esito.',
    flow: ['Paziente', 'Five9', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [
      'Salvare le impostazioni qui sotto: quelle iniziali vanno bene per un dominio degli Stati Uniti; per l’Europa, chiedere a Five9 gli indirizzi.',
      'In Five9, dare agli agenti il permesso di usare Agent Desktop Toolkit e indicare l’indirizzo di questo CRM come sito consentito.',
      'Gli agenti aprono la finestra del telefono di Five9 da qui, accedono a Five9 una volta e la lasciano aperta accanto al CRM.',
      'Chi resta nel desktop di Five9: importare a mano il connettore web dal file qui sotto (VCC Administrator, Web Connectors).',
      'Per riconoscere chi chiama già nel flusso: un modulo Query nell’IVR secondo il file qui sotto, con una chiave API del profilo «greeting» o «minimal».',
      'Provare con un numero noto, uno sconosciuto e uno nascosto prima di dare la linea ai pazienti.',
    ],
    fields: {
      sdk_url: { label: 'Indirizzo del CRM SDK', text: 'Il file di Five9, che il browser carica da Five9.' },
      adt_url: { label: 'Indirizzo di Agent Desktop Toolkit', text: 'La pagina che Five9 mostra dentro il CRM.' },
      sso_url: { label: 'Accesso unico (SSO)', text: 'L’indirizzo avviato dall’IdP, se gli agenti accedono così.' },
      default_region: {
        label: 'Prefisso internazionale dei numeri',
        text: 'Ad esempio +39, se Five9 invia numeri senza prefisso di un paese diverso da quello del CRM. Vuoto: il paese del CRM.',
      },
      strip_prefixes: {
        label: 'Cifre da togliere all’inizio',
        text: 'Ad esempio 01139. Si tolgono solo se restano almeno nove cifre.',
      },
      call_id: {
        label: 'Che cosa distingue una chiamata',
        text: 'Con la sessione, una chiamata passata a un collega resta la stessa: verificarlo prima nel proprio dominio.',
        choices: { interaction: 'L’interazione dell’agente', session: 'La sessione della chiamata' },
      },
      dial_as: {
        label: 'Come comporre i numeri',
        choices: { e164: 'Con il prefisso: +39…', us: 'Come dagli Stati Uniti: 01139…' },
      },
      shows_names: {
        label: 'Nomi dei pazienti nell’elenco di Five9',
        text: 'Senza, Five9 vede soltanto i numeri dei casi.',
      },
    },
    files: {
      'five9-web-connector.csv': 'Il connettore web: che cosa inserire in ogni campo.',
      'five9-ivr-query.csv': 'Il modulo Query dell’IVR: richiesta, variabili e rami.',
    },
  },
  en: {
    summary:
      'Shows the case when Five9 hands over the call, holds Five9’s telephone beside the CRM, and notes how it went.',
    flow: ['Patient', 'Five9', 'ClínicaCRM', 'Agent’s card'],
    steps: [
      'Save the settings below: as they are they suit a domain in the United States; for Europe, ask Five9 for the addresses.',
      'In Five9, let the agents use Agent Desktop Toolkit, and enter this CRM’s address among the sites allowed to embed it.',
      'Agents open the window with Five9’s telephone from here, sign in to Five9 once, and leave it open beside the CRM.',
      'For whoever stays in Five9’s own desktop: enter the web connector of the file below by hand (VCC Administrator, Web Connectors).',
      'To recognise callers already in the flow: a Query module in the IVR as the file below says, with an API key of the profile “greeting” or “minimal”.',
      'Try a known, an unknown and a withheld number before patients get the line.',
    ],
    fields: {
      sdk_url: { label: 'Address of the CRM SDK', text: 'Five9’s file, which the browser loads from Five9.' },
      adt_url: { label: 'Address of Agent Desktop Toolkit', text: 'The page that Five9 shows inside the CRM.' },
      sso_url: {
        label: 'Single sign-on',
        text: 'The address that the identity provider starts from, if agents sign in so.',
      },
      default_region: {
        label: 'Country code of numbers',
        text: 'For example +39, if Five9 sends numbers without code of another country than the CRM’s. Empty: the CRM’s own.',
      },
      strip_prefixes: {
        label: 'Digits to drop in front',
        text: 'For example 01139. They are dropped only where nine digits or more follow.',
      },
      call_id: {
        label: 'What tells calls apart',
        text: 'By session, a call given to a colleague stays the same call: verify that in your own domain first.',
        choices: { interaction: 'The agent’s interaction', session: 'The call’s session' },
      },
      dial_as: {
        label: 'How numbers are dialled',
        choices: { e164: 'With the country code: +39…', us: 'As from the United States: 01139…' },
      },
      shows_names: {
        label: 'Patients’ names in Five9’s list',
        text: 'Without, Five9 sees the numbers of the cases only.',
      },
    },
    files: {
      'five9-web-connector.csv': 'The web connector: what to enter in each field.',
      'five9-ivr-query.csv': 'The Query module of the IVR: request, variables and branches.',
    },
  },
  es: {
    summary:
      'Muestra el caso cuando Five9 pasa la llamada, tiene el teléfono de Five9 junto al CRM y anota el resultado.',
    flow: ['Paciente', 'Five9', 'ClínicaCRM', 'Ficha del agente'],
    steps: [
      'Guardar los ajustes de abajo: los iniciales sirven para un dominio de Estados Unidos; para Europa, pedir las direcciones a Five9.',
      'En Five9, permitir a los agentes el uso de Agent Desktop Toolkit y añadir la dirección de este CRM a los sitios autorizados.',
      'Los agentes abren desde aquí la ventana con el teléfono de Five9, inician sesión en Five9 una vez y la dejan abierta junto al CRM.',
      'Quien permanece en el escritorio de Five9: introducir a mano el conector web del archivo de abajo (VCC Administrator, Web Connectors).',
      'Para reconocer a quien llama ya en el flujo: un módulo Query en el IVR según el archivo de abajo, con una clave de API del perfil «greeting» o «minimal».',
      'Probar con un número conocido, uno desconocido y uno oculto antes de dar la línea a los pacientes.',
    ],
    fields: {
      sdk_url: { label: 'Dirección del CRM SDK', text: 'El archivo de Five9, que el navegador carga desde Five9.' },
      adt_url: { label: 'Dirección de Agent Desktop Toolkit', text: 'La página que Five9 muestra dentro del CRM.' },
      sso_url: {
        label: 'Inicio de sesión único (SSO)',
        text: 'La dirección iniciada por el IdP, si los agentes entran así.',
      },
      default_region: {
        label: 'Prefijo internacional de los números',
        text: 'Por ejemplo +39, si Five9 envía números sin prefijo de un país distinto del del CRM. Vacío: el país del CRM.',
      },
      strip_prefixes: {
        label: 'Cifras que se quitan al principio',
        text: 'Por ejemplo 01139. Solo se quitan si quedan al menos nueve cifras.',
      },
      call_id: {
        label: 'Qué distingue una llamada',
        text: 'Con la sesión, una llamada pasada a un compañero sigue siendo la misma: verificarlo antes en el propio dominio.',
        choices: { interaction: 'La interacción del agente', session: 'La sesión de la llamada' },
      },
      dial_as: {
        label: 'Cómo se marcan los números',
        choices: { e164: 'Con el prefijo: +39…', us: 'Como desde Estados Unidos: 01139…' },
      },
      shows_names: {
        label: 'Nombres de los pacientes en la lista de Five9',
        text: 'Sin ellos, Five9 solo ve los números de los casos.',
      },
    },
    files: {
      'five9-web-connector.csv': 'El conector web: qué introducir en cada campo.',
      'five9-ivr-query.csv': 'El módulo Query del IVR: petición, variables y ramas.',
    },
  },
}
