import type { Language, Words } from '../connector.ts'

export const words: Record<Language, Words> = {
  it: {
    summary: 'Dà ad Asterisk, FreePBX e NethVoice il nome di chi chiama e mostra la scheda mentre il telefono squilla.',
    flow: ['Paziente', 'Asterisk', 'Ponte AMI', 'ClínicaCRM', 'Scheda dell’agente'],
    steps: [
      'Creare una chiave API con i permessi lookup:read e calls:write, profilo «greeting».',
      'Salvare le impostazioni qui sotto e scaricare i tre file.',
      'Sul centralino includere clinicacrm_manager.conf in manager.conf (FreePBX, NethVoice: manager_custom.conf), scegliere un segreto e dare «manager reload».',
      'Accanto al centralino scrivere il segreto in /etc/clinicacrm/ami-secret e la chiave in /etc/clinicacrm/api-key.',
      'Installare clinicacrm-asterisk.service e avviarlo: systemctl enable --now clinicacrm-asterisk.',
      'Per il nome sul telefono, includere clinicacrm_extensions.conf e indicare la chiave in CLINICACRM_KEY.',
      'In Telefonia › Agenti assegnare a ciascuno il suo interno.',
    ],
    fields: {
      ami_host: {
        label: 'Centralino, visto dal ponte',
        text: 'Nome o indirizzo. Meglio che il ponte giri sul centralino stesso: 127.0.0.1.',
      },
      ami_user: { label: 'Utente AMI', text: 'Come si presenta il ponte al centralino.' },
      extensions: {
        label: 'Com’è fatto un interno',
        text: 'Espressione regolare. Se ha un gruppo, vale quello: ^(?:9[0-9])?([0-9]{3})$ prende 201 da 91201.',
      },
    },
    files: {
      'clinicacrm_extensions.conf': 'Il nome di chi chiama, per il piano di numerazione.',
      'clinicacrm_manager.conf': 'L’utente AMI del ponte: può ascoltare, non telefonare.',
      'clinicacrm-asterisk.service': 'Il ponte come servizio di systemd.',
    },
  },
  en: {
    summary: 'Gives Asterisk, FreePBX and NethVoice the caller’s name, and shows the card while the telephone rings.',
    flow: ['Patient', 'Asterisk', 'AMI bridge', 'ClínicaCRM', 'Agent’s card'],
    steps: [
      'Create an API key with the scopes lookup:read and calls:write and the profile “greeting”.',
      'Save the settings below and download the three files.',
      'At the switchboard, include clinicacrm_manager.conf in manager.conf (FreePBX, NethVoice: manager_custom.conf), choose a secret, and give “manager reload”.',
      'Beside the switchboard, write the secret into /etc/clinicacrm/ami-secret and the key into /etc/clinicacrm/api-key.',
      'Install clinicacrm-asterisk.service and start it: systemctl enable --now clinicacrm-asterisk.',
      'For the name on the telephone, include clinicacrm_extensions.conf and say the key in CLINICACRM_KEY.',
      'Under Telephony › Agents, give each agent their extension.',
    ],
    fields: {
      ami_host: {
        label: 'Switchboard, as the bridge sees it',
        text: 'A name or an address. The bridge is best run on the switchboard itself: 127.0.0.1.',
      },
      ami_user: { label: 'AMI user', text: 'How the bridge presents itself to the switchboard.' },
      extensions: {
        label: 'What an extension looks like',
        text: 'A regular expression. A group in it is what counts: ^(?:9[0-9])?([0-9]{3})$ takes 201 out of 91201.',
      },
    },
    files: {
      'clinicacrm_extensions.conf': 'The caller’s name, for the dialplan.',
      'clinicacrm_manager.conf': 'The bridge’s AMI user: it may listen, not call.',
      'clinicacrm-asterisk.service': 'The bridge as a service of systemd.',
    },
  },
  es: {
    summary:
      'Da a Asterisk, FreePBX y NethVoice el nombre de quien llama y muestra la ficha mientras suena el teléfono.',
    flow: ['Paciente', 'Asterisk', 'Puente AMI', 'ClínicaCRM', 'Ficha del agente'],
    steps: [
      'Crear una clave API con los permisos lookup:read y calls:write y el perfil «greeting».',
      'Guardar los ajustes de abajo y descargar los tres archivos.',
      'En la centralita, incluir clinicacrm_manager.conf en manager.conf (FreePBX, NethVoice: manager_custom.conf), elegir un secreto y ejecutar «manager reload».',
      'Junto a la centralita, escribir el secreto en /etc/clinicacrm/ami-secret y la clave en /etc/clinicacrm/api-key.',
      'Instalar clinicacrm-asterisk.service e iniciarlo: systemctl enable --now clinicacrm-asterisk.',
      'Para el nombre en el teléfono, incluir clinicacrm_extensions.conf e indicar la clave en CLINICACRM_KEY.',
      'En Telefonía › Agentes, asignar a cada uno su extensión.',
    ],
    fields: {
      ami_host: {
        label: 'Centralita, vista desde el puente',
        text: 'Un nombre o una dirección. Lo mejor es que el puente funcione en la propia centralita: 127.0.0.1.',
      },
      ami_user: { label: 'Usuario AMI', text: 'Cómo se presenta el puente ante la centralita.' },
      extensions: {
        label: 'Qué aspecto tiene una extensión',
        text: 'Una expresión regular. Si tiene un grupo, cuenta ese: ^(?:9[0-9])?([0-9]{3})$ obtiene 201 de 91201.',
      },
    },
    files: {
      'clinicacrm_extensions.conf': 'El nombre de quien llama, para el plan de marcación.',
      'clinicacrm_manager.conf': 'El usuario AMI del puente: puede escuchar, no llamar.',
      'clinicacrm-asterisk.service': 'El puente como servicio de systemd.',
    },
  },
}
