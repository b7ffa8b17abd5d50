import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Prende gli eventi delle chiamate da script e ponti, nel nostro JSON.',
    flow: ['Paziente', 'Centralino o script', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [
      'Creare una linea qui sotto e copiarne l’indirizzo: il segreto si vede una volta sola.',
      'Dal centralino o dallo script, inviare in POST un evento, o più eventi in un elenco, a quell’indirizzo.',
      'Inviare di nuovo tutto ciò che non ha avuto risposta 2xx: ripetizioni e ordine non contano.',
    ],
    fields: {
      provider: { label: 'Nome della piattaforma', text: 'Per gli eventi che non ne indicano uno.' },
    },
    files: { 'clinicacrm-event.sh': 'Uno script per la riga di comando: invia un evento con curl.' },
  },
  en: {
    summary: 'Takes the events of calls from scripts and bridges, in our own JSON.',
    flow: ['Patient', 'Switchboard or script', 'ClínicaCRM', 'Agent’s card'],
    steps: [
      'Set up a line below and copy its address: the secret is shown once.',
      'From the switchboard or script, send an event, or several in an array, to that address by POST.',
      'Send again whatever got no 2xx: repeats and order do not matter.',
    ],
    fields: {
      provider: { label: 'The platform’s name', text: 'For events that say none.' },
    },
    files: { 'clinicacrm-event.sh': 'A script for the command line: sends one event with curl.' },
  },
  es: {
    summary: 'Recibe los eventos de las llamadas de scripts y puentes, en nuestro JSON.',
    flow: ['Paciente', 'Centralita o script', 'ClínicaCRM', 'Ficha del agente'],
    steps: [
      'Crear una línea aquí abajo y copiar su dirección: el secreto se muestra una sola vez.',
      'Desde la centralita o el script, enviar por POST un evento, o varios en una lista, a esa dirección.',
      'Enviar de nuevo todo lo que no recibió una respuesta 2xx: las repeticiones y el orden no importan.',
    ],
    fields: {
      provider: { label: 'Nombre de la plataforma', text: 'Para los eventos que no indican ninguna.' },
    },
    files: { 'clinicacrm-event.sh': 'Un script para la línea de comandos: envía un evento con curl.' },
  },
}
