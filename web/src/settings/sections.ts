import type { Permission } from '@clinicacrm/contract/permissions.ts'
import {
  type Icon,
  IconBuilding,
  IconBuildingHospital,
  IconKey,
  IconListSearch,
  IconPhone,
  IconPlug,
  IconShieldLock,
  IconStethoscope,
  IconUser,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react'

export type SectionName =
  | 'profile'
  | 'security'
  | 'users'
  | 'clinics'
  | 'treatments'
  | 'telephony'
  | 'connectors'
  | 'api_keys'
  | 'requests'
  | 'webhooks'
  | 'organisation'

type Section = {
  /** Its texts are `settings.sections.<name>`. */
  name: SectionName
  to: `/$locale/settings/${'profile' | 'security' | 'users' | 'clinics' | 'treatments' | 'telephony' | 'connectors' | 'api-keys' | 'requests' | 'webhooks' | 'organisation'}`
  icon: Icon
  /** Shown to who has it; to everybody when there is none. */
  needs?: Permission
}

/** One's own first, then what administrators look after. */
export const sections: readonly Section[] = [
  { name: 'profile', to: '/$locale/settings/profile', icon: IconUser },
  { name: 'security', to: '/$locale/settings/security', icon: IconShieldLock },
  { name: 'users', to: '/$locale/settings/users', icon: IconUsers, needs: 'users:manage' },
  { name: 'clinics', to: '/$locale/settings/clinics', icon: IconBuildingHospital, needs: 'clinics:read' },
  { name: 'treatments', to: '/$locale/settings/treatments', icon: IconStethoscope, needs: 'treatments:write' },
  { name: 'telephony', to: '/$locale/settings/telephony', icon: IconPhone, needs: 'telephony:read' },
  { name: 'connectors', to: '/$locale/settings/connectors', icon: IconPlug, needs: 'telephony:read' },
  { name: 'api_keys', to: '/$locale/settings/api-keys', icon: IconKey, needs: 'keys:manage' },
  { name: 'requests', to: '/$locale/settings/requests', icon: IconListSearch, needs: 'requests:read' },
  { name: 'webhooks', to: '/$locale/settings/webhooks', icon: IconWebhook, needs: 'webhooks:manage' },
  { name: 'organisation', to: '/$locale/settings/organisation', icon: IconBuilding, needs: 'organisation:write' },
]
