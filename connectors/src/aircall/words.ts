import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Mostra la scheda quando Aircall squilla, e sul telefono di Aircall chi sta chiamando.',
    flow: ['Paziente', 'Aircall', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [
      'Creare una linea qui sotto e copiarne l’indirizzo: il segreto si vede una volta sola.',
      'In Aircall aprire Integrations & API › Webhooks, creare un webhook e incollare l’indirizzo.',
      'Scegliere gli eventi call.created, ringing_on_agent, answered, hold, unhold, transferred, voicemail_left, hungup, ended.',
      'Copiare il token del webhook nelle impostazioni della linea.',
      'Per il riquadro sul telefono, creare in Aircall una chiave API e scriverne ID e token nella linea.',
      'In Telefonia › Agenti assegnare a ciascuno il suo nome in Aircall, se ha un altro indirizzo e-mail.',
    ],
    fields: {
      token: {
        label: 'Token del webhook',
        text: 'Aircall lo invia con ogni evento: senza il token giusto, nulla è creduto.',
      },
      card: {
        label: 'Riquadro sul telefono di Aircall',
        text: 'Compare mentre squilla. Serve una chiave API di Aircall.',
        choices: { name: 'Nome e collegamento', link: 'Solo il collegamento', off: 'Nessuno' },
      },
      language: { label: 'Lingua del riquadro', choices: { it: 'Italiano', en: 'Inglese', es: 'Spagnolo' } },
      api_id: { label: 'ID della chiave API di Aircall' },
      api_token: { label: 'Token della chiave API di Aircall' },
      api_url: { label: 'Indirizzo dell’API di Aircall', text: 'Di solito non va cambiato.' },
    },
  },
  en: {
    summary: 'Shows the card when Aircall rings, and on Aircall’s telephone who is calling.',
    flow: ['Patient', 'Aircall', 'ClínicaCRM', 'Agent’s card'],
    steps: [
      'Set up a line below and copy its address: the secret is shown once.',
      'In Aircall, open Integrations & API › Webhooks, create a webhook and paste the address.',
      'Choose the events call.created, ringing_on_agent, answered, hold, unhold, transferred, voicemail_left, hungup, ended.',
      'Copy the webhook’s token into the settings of the line.',
      'For the card on the telephone, create an API key in Aircall and enter its ID and token in the line.',
      'Under Telephony › Agents, give each agent their name in Aircall where they have another e-mail address there.',
    ],
    fields: {
      token: {
        label: 'Token of the webhook',
        text: 'Aircall sends it with each event: without the right one, nothing is believed.',
      },
      card: {
        label: 'Card on Aircall’s telephone',
        text: 'It appears while the telephone rings. It takes an API key of Aircall.',
        choices: { name: 'Name and link', link: 'Only the link', off: 'None' },
      },
      language: { label: 'Language of the card', choices: { it: 'Italian', en: 'English', es: 'Spanish' } },
      api_id: { label: 'ID of the Aircall API key' },
      api_token: { label: 'Token of the Aircall API key' },
      api_url: { label: 'Address of Aircall’s API', text: 'Usually left as it is.' },
    },
  },
  es: {
    summary: 'Muestra la ficha cuando suena Aircall y, en el teléfono de Aircall, quién llama.',
    flow: ['Paciente', 'Aircall', 'ClínicaCRM', 'Ficha del agente'],
    steps: [
      'Crear una línea aquí abajo y copiar su dirección: el secreto se muestra una sola vez.',
      'En Aircall, abrir Integrations & API › Webhooks, crear un webhook y pegar la dirección.',
      'Elegir los eventos call.created, ringing_on_agent, answered, hold, unhold, transferred, voicemail_left, hungup, ended.',
      'Copiar el token del webhook en los ajustes de la línea.',
      'Para la tarjeta en el teléfono, crear una clave API en Aircall e introducir su ID y su token en la línea.',
      'En Telefonía › Agentes, asignar a cada uno su nombre en Aircall si allí tiene otra dirección de correo.',
    ],
    fields: {
      token: {
        label: 'Token del webhook',
        text: 'Aircall lo envía con cada evento: sin el correcto, no se cree nada.',
      },
      card: {
        label: 'Tarjeta en el teléfono de Aircall',
        text: 'Aparece mientras suena. Requiere una clave API de Aircall.',
        choices: { name: 'Nombre y enlace', link: 'Solo el enlace', off: 'Ninguna' },
      },
      language: { label: 'Idioma de la tarjeta', choices: { it: 'Italiano', en: 'Inglés', es: 'Español' } },
      api_id: { label: 'ID de la clave API de Aircall' },
      api_token: { label: 'Token de la clave API de Aircall' },
      api_url: { label: 'Dirección de la API de Aircall', text: 'Normalmente no se cambia.' },
    },
  },
}
