import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Prende ciò che sipgate.io, e chi parla il CTI generico di Zammad, inviano di ogni chiamata.',
    flow: ['Paziente', 'sipgate, o un centralino con CTI generico', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [
      'Creare una linea qui sotto e copiarne l’indirizzo: il segreto si vede una volta sola.',
      'sipgate: in sipgate.io › Webhooks › URLs inserirlo per le chiamate in entrata e in uscita.',
      'Altri centralini: inserirlo come indirizzo del CTI generico, in JSON se si può scegliere.',
      'sipgate: per credere solo a ciò che sipgate firma, incollare la sua chiave pubblica nella linea.',
      'In Telefonia › Agenti dire come la piattaforma chiama ciascuno: w0 o 1234567w0 per sipgate, nome o interno altrove.',
    ],
    fields: {
      provider: { label: 'Nome della piattaforma', text: 'I nomi degli agenti valgono per questo nome.' },
      platform: {
        label: 'Come parla',
        text: 'sipgate vuole risposte in XML e scrive i numeri con il prefisso internazionale.',
        choices: { detect: 'Riconoscere da sé', sipgate: 'sipgate.io', generic: 'CTI generico (Zammad)' },
      },
      public_key: {
        label: 'Chiave pubblica di sipgate',
        text: 'PEM, da -----BEGIN PUBLIC KEY----- in poi. Se c’è, solo ciò che è firmato viene creduto.',
      },
    },
  },
  en: {
    summary: 'Takes what sipgate.io, and whoever speaks Zammad’s generic CTI, push of every call.',
    flow: ['Patient', 'sipgate, or a switchboard with generic CTI', 'ClínicaCRM', 'Agent’s card'],
    steps: [
      'Set up a line below and copy its address: the secret is shown once.',
      'sipgate: under sipgate.io › Webhooks › URLs, enter it for incoming and outgoing calls.',
      'Other switchboards: enter it as the address of the generic CTI, as JSON where there is a choice.',
      'sipgate: to believe only what sipgate signed, paste its public key into the line.',
      'Under Telephony › Agents, say how the platform names each agent: w0 or 1234567w0 for sipgate, a name or an extension elsewhere.',
    ],
    fields: {
      provider: { label: 'The platform’s name', text: 'Agents’ names are kept for this name.' },
      platform: {
        label: 'How it speaks',
        text: 'sipgate wants answers in XML, and writes numbers with their country code.',
        choices: { detect: 'Find out by itself', sipgate: 'sipgate.io', generic: 'Generic CTI (Zammad)' },
      },
      public_key: {
        label: 'sipgate’s public key',
        text: 'PEM, from -----BEGIN PUBLIC KEY----- on. With it, only what is signed is believed.',
      },
    },
  },
  es: {
    summary: 'Recibe lo que sipgate.io, y quien habla el CTI genérico de Zammad, envían de cada llamada.',
    flow: ['Paciente', 'sipgate, o una centralita con CTI genérico', 'ClínicaCRM', 'Ficha del agente'],
    steps: [
      'Crear una línea aquí abajo y copiar su dirección: el secreto se muestra una sola vez.',
      'sipgate: en sipgate.io › Webhooks › URLs, introducirla para las llamadas entrantes y salientes.',
      'Otras centralitas: introducirla como dirección del CTI genérico, en JSON si se puede elegir.',
      'sipgate: para creer solo lo que sipgate firma, pegar su clave pública en la línea.',
      'En Telefonía › Agentes, decir cómo llama la plataforma a cada uno: w0 o 1234567w0 en sipgate, nombre o extensión en otras.',
    ],
    fields: {
      provider: { label: 'Nombre de la plataforma', text: 'Los nombres de los agentes valen para este nombre.' },
      platform: {
        label: 'Cómo habla',
        text: 'sipgate quiere respuestas en XML y escribe los números con prefijo internacional.',
        choices: { detect: 'Reconocerlo', sipgate: 'sipgate.io', generic: 'CTI genérico (Zammad)' },
      },
      public_key: {
        label: 'Clave pública de sipgate',
        text: 'PEM, desde -----BEGIN PUBLIC KEY-----. Con ella, solo se cree lo que está firmado.',
      },
    },
  },
}
