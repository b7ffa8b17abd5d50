import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Prende ciò che sipgate.io, e chi parla il CTI generico di Zammad, inviano di ogni chiamata.',
    flow: ['Paziente', 'CTI push (sipgate.io, Zammad)', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [],
    fields: {
      provider: {
        label: 'Nome della piattaforma',
        text: 'Con questo nome si cercano gli operatori e si riconoscono le chiamate.',
      },
      platform: {
        label: 'Tipo di centralino',
        text: 'sipgate riceve risposte in XML e scrive i numeri con il prefisso del Paese; gli altri no.',
        choices: { detect: 'Da riconoscere', sipgate: 'sipgate.io', generic: 'Altro' },
      },
      public_key: {
        label: 'Chiave pubblica',
        text: 'In formato PEM. Se indicata, vale solo ciò che sipgate ha firmato.',
      },
    },
  },
  en: {
    summary: 'Takes what sipgate.io, and whoever speaks Zammad’s generic CTI, push of every call.',
    flow: ['Patient', 'CTI push (sipgate.io, Zammad)', 'ClínicaCRM', 'Agent’s card'],
    steps: [],
    fields: {
      provider: {
        label: 'Name of the platform',
        text: 'Agents are looked up and calls are recognised under this name.',
      },
      platform: {
        label: 'Kind of platform',
        text: 'sipgate is answered in XML and writes numbers with their country code; others do not.',
        choices: { detect: 'Find out', sipgate: 'sipgate.io', generic: 'Other' },
      },
      public_key: { label: 'Public key', text: 'In PEM format. With it, only what sipgate has signed counts.' },
    },
  },
  es: {
    summary: 'Recibe lo que sipgate.io, y quien habla el CTI genérico de Zammad, envían de cada llamada.',
    flow: ['Paciente', 'CTI push (sipgate.io, Zammad)', 'ClínicaCRM', 'Ficha del agente'],
    steps: [],
    fields: {
      provider: {
        label: 'Nombre de la plataforma',
        text: 'Con este nombre se buscan los agentes y se reconocen las llamadas.',
      },
      platform: {
        label: 'Tipo de centralita',
        text: 'sipgate recibe respuestas en XML y escribe los números con el prefijo del país; las demás no.',
        choices: { detect: 'Por reconocer', sipgate: 'sipgate.io', generic: 'Otra' },
      },
      public_key: {
        label: 'Clave pública',
        text: 'En formato PEM. Si se indica, solo vale lo que sipgate ha firmado.',
      },
    },
  },
}
