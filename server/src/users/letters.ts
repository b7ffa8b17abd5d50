import type { Locale } from '../config.ts'
import { type Letter, spoken } from '../mail/mail.ts'

type Invited = { to: string; locale: Locale; name: string; organisation: string; invitedBy: string; url: string }

export function invitationLetter({ to, locale, url, ...names }: Invited): Letter {
  const words = invitation[locale]({
    name: spoken(names.name),
    organisation: spoken(names.organisation),
    invitedBy: spoken(names.invitedBy),
  })
  return { to, locale, ...words, action: { label: words.label, url } }
}

type Names = { name: string; organisation: string; invitedBy: string }
type Words = Pick<Letter, 'subject' | 'paragraphs' | 'closing'> & { label: string }

const invitation: Record<Locale, (names: Names) => Words> = {
  it: ({ name, organisation, invitedBy }) => ({
    subject: `Invito a ClínicaCRM di ${organisation}`,
    paragraphs: [
      `Buongiorno ${name},`,
      `${invitedBy} ha creato per questo indirizzo un invito a ClínicaCRM, il sistema con cui ${organisation} segue le richieste dei pazienti.`,
      'Per entrare basta aprire il collegamento e scegliere una password.',
    ],
    label: 'Accetta l’invito',
    closing: [
      'Il collegamento funziona una volta sola, per sette giorni.',
      'Chi non si aspettava questo messaggio può ignorarlo: senza il collegamento non succede nulla.',
    ],
  }),
  en: ({ name, organisation, invitedBy }) => ({
    subject: `Your invitation to ClínicaCRM at ${organisation}`,
    paragraphs: [
      `Hello ${name},`,
      `${invitedBy} has invited this address to ClínicaCRM, where ${organisation} looks after its patients’ requests.`,
      'To come in, open the link and choose a password.',
    ],
    label: 'Accept the invitation',
    closing: [
      'The link works once, for seven days.',
      'If you did not expect this message, ignore it: nothing happens without the link.',
    ],
  }),
  es: ({ name, organisation, invitedBy }) => ({
    subject: `Invitación a ClínicaCRM de ${organisation}`,
    paragraphs: [
      `Buenos días, ${name}:`,
      `${invitedBy} ha invitado a esta dirección a ClínicaCRM, el sistema con el que ${organisation} atiende las solicitudes de sus pacientes.`,
      'Para entrar basta con abrir el enlace y elegir una contraseña.',
    ],
    label: 'Aceptar la invitación',
    closing: [
      'El enlace funciona una sola vez, durante siete días.',
      'Si este mensaje no era esperado, se puede ignorar: sin el enlace no ocurre nada.',
    ],
  }),
}

type Forgetful = { to: string; locale: Locale; name: string; organisation: string; url: string }

export function passwordLetter({ to, locale, url, ...names }: Forgetful): Letter {
  const words = newPassword[locale]({ name: spoken(names.name), organisation: spoken(names.organisation) })
  return { to, locale, ...words, action: { label: words.label, url } }
}

const newPassword: Record<Locale, (names: Omit<Names, 'invitedBy'>) => Words> = {
  it: ({ name, organisation }) => ({
    subject: `Nuova password per ClínicaCRM di ${organisation}`,
    paragraphs: [
      `Buongiorno ${name},`,
      `è stata chiesta una nuova password per l’accesso a ClínicaCRM di ${organisation} con questo indirizzo.`,
    ],
    label: 'Scegli una nuova password',
    closing: [
      'Il collegamento funziona una volta sola, per un’ora. Dopo la scelta della password occorre accedere di nuovo, su ogni dispositivo.',
      'Chi non l’ha chiesta può ignorare questo messaggio: la password di oggi resta valida.',
    ],
  }),
  en: ({ name, organisation }) => ({
    subject: `A new password for ClínicaCRM at ${organisation}`,
    paragraphs: [
      `Hello ${name},`,
      `a new password was asked for this address’s access to ClínicaCRM at ${organisation}.`,
    ],
    label: 'Choose a new password',
    closing: [
      'The link works once, for one hour. After that you sign in again, on every device.',
      'If you did not ask for it, ignore this message: your password of today stays valid.',
    ],
  }),
  es: ({ name, organisation }) => ({
    subject: `Nueva contraseña para ClínicaCRM de ${organisation}`,
    paragraphs: [
      `Buenos días, ${name}:`,
      `se ha pedido una nueva contraseña para el acceso a ClínicaCRM de ${organisation} con esta dirección.`,
    ],
    label: 'Elegir una nueva contraseña',
    closing: [
      'El enlace funciona una sola vez, durante una hora. Después hay que iniciar sesión de nuevo en cada dispositivo.',
      'Si no se ha pedido, este mensaje se puede ignorar: la contraseña de hoy sigue siendo válida.',
    ],
  }),
}
