import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Dà al centralino 3CX il nome di chi chiama e annota ogni chiamata.',
    flow: ['Paziente', '3CX', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [
      'Creare una chiave API con i permessi lookup:read e calls:write, profilo «greeting».',
      'Salvare le impostazioni qui sotto e scaricare clinicacrm-3cx.xml.',
      'In 3CX aprire Integrations › CRM › Server side, scegliere Add e caricare il file.',
      'Scegliere ClinicaCRM nell’elenco, incollare la chiave API e salvare.',
      'Con Test cercare un numero noto: compaiono il nome e il collegamento al caso.',
      'In Telefonia › Agenti assegnare a ciascuno il suo interno, se in 3CX ha un altro indirizzo e-mail.',
    ],
    fields: {
      journaling: {
        label: 'Annotare le chiamate',
        text: 'A chiamata finita 3CX la racconta a ClínicaCRM: chi, quando, quanto.',
        choices: { on: 'Sì', off: 'No, solo il nome di chi chiama' },
      },
      number_prefix: {
        label: 'Prefisso internazionale nella ricerca',
        text: 'Come 3CX scrive il numero di chi chiama. Di solito va bene «00».',
        choices: { Zeros: '00', Plus: '+', AsIs: 'Come arriva dalla linea', Off: 'Nessuno' },
      },
      country: { label: 'Paese', text: 'Due lettere, per esempio IT. 3CX lo chiede, ma non lo usa.' },
    },
    files: {
      'clinicacrm-3cx.xml': 'Il modello da caricare in 3CX. La chiave API non vi è contenuta: si inserisce in 3CX.',
    },
  },
  en: {
    summary: 'Gives the 3CX phone system the caller’s name, and journals every call.',
    flow: ['Patient', '3CX', 'ClínicaCRM', 'Agent’s card'],
    steps: [
      'Create an API key with the scopes lookup:read and calls:write and the profile “greeting”.',
      'Save the settings below and download clinicacrm-3cx.xml.',
      'In 3CX, open Integrations › CRM › Server side, choose Add and upload the file.',
      'Choose ClinicaCRM in the list, paste the API key and save.',
      'Use Test with a number you know: the name and the link to the case appear.',
      'Under Telephony › Agents, give each agent their extension where 3CX knows them by another e-mail address.',
    ],
    fields: {
      journaling: {
        label: 'Journal calls',
        text: 'When a call is over, 3CX tells ClínicaCRM of it: who, when, how long.',
        choices: { on: 'Yes', off: 'No, only the caller’s name' },
      },
      number_prefix: {
        label: 'International prefix in look-ups',
        text: 'How 3CX writes the caller’s number. “00” is usually right.',
        choices: { Zeros: '00', Plus: '+', AsIs: 'As the trunk sends it', Off: 'None' },
      },
      country: { label: 'Country', text: 'Two letters, such as IT. 3CX wants one, but does not use it.' },
    },
    files: { 'clinicacrm-3cx.xml': 'The template to upload in 3CX. The API key is not in it: enter it in 3CX.' },
  },
  es: {
    summary: 'Da a la centralita 3CX el nombre de quien llama y anota cada llamada.',
    flow: ['Paciente', '3CX', 'ClínicaCRM', 'Ficha del agente'],
    steps: [
      'Crear una clave API con los permisos lookup:read y calls:write y el perfil «greeting».',
      'Guardar los ajustes de abajo y descargar clinicacrm-3cx.xml.',
      'En 3CX, abrir Integrations › CRM › Server side, elegir Add y subir el archivo.',
      'Elegir ClinicaCRM en la lista, pegar la clave API y guardar.',
      'Con Test, buscar un número conocido: aparecen el nombre y el enlace al caso.',
      'En Telefonía › Agentes, asignar a cada uno su extensión si en 3CX tiene otra dirección de correo.',
    ],
    fields: {
      journaling: {
        label: 'Anotar las llamadas',
        text: 'Al terminar una llamada, 3CX la comunica a ClínicaCRM: quién, cuándo, cuánto.',
        choices: { on: 'Sí', off: 'No, solo el nombre de quien llama' },
      },
      number_prefix: {
        label: 'Prefijo internacional en la búsqueda',
        text: 'Cómo escribe 3CX el número de quien llama. Normalmente «00» es correcto.',
        choices: { Zeros: '00', Plus: '+', AsIs: 'Como llega de la línea', Off: 'Ninguno' },
      },
      country: { label: 'País', text: 'Dos letras, por ejemplo IT. 3CX lo pide, pero no lo usa.' },
    },
    files: {
      'clinicacrm-3cx.xml': 'La plantilla que se sube a 3CX. La clave API no está en ella: se introduce en 3CX.',
    },
  },
}
