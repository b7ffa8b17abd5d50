import type { Permission } from '@clinicacrm/contract/permissions.ts'
import { useMantineColorScheme } from '@mantine/core'
import {
  type Icon,
  IconBriefcase,
  IconBuildingHospital,
  IconHome,
  IconKey,
  IconLayoutDashboard,
  IconMoon,
  IconPalette,
  IconPhone,
  IconPhoneCall,
  IconPhoneIncoming,
  IconPhoneX,
  IconPlus,
  IconShieldLock,
  IconStethoscope,
  IconSun,
  IconUserCircle,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { currentLocale, useT } from '../i18n.ts'
import { usePhones } from '../phones.ts'
import { useMe } from '../session.ts'

export type Command = { label: string; icon: Icon; keys?: string; run: () => void }

type Page = { name: keyof typeof pages; icon: Icon; keys?: string; needs?: Permission; isOfDemo?: true }

const pages = {
  new_case: 'cases/new',
  desk: '',
  cases: 'cases',
  patients: 'patients',
  callbacks: 'callbacks',
  calls: 'calls',
  wallboard: 'wallboard',
  ring: 'demo/ring',
  profile: 'settings/profile',
  security: 'settings/security',
  users: 'settings/users',
  clinics: 'settings/clinics',
  treatments: 'settings/treatments',
  telephony: 'settings/telephony',
  api_keys: 'settings/api-keys',
  organisation: 'settings/organisation',
} as const

const order: Page[] = [
  { name: 'new_case', icon: IconPlus, keys: 'n', needs: 'cases:write' },
  { name: 'desk', icon: IconHome, keys: 'g d' },
  { name: 'cases', icon: IconBriefcase, keys: 'g c', needs: 'cases:read' },
  { name: 'patients', icon: IconUsers, keys: 'g p', needs: 'patients:read' },
  { name: 'callbacks', icon: IconPhoneX, keys: 'g r', needs: 'calls:read' },
  { name: 'calls', icon: IconPhoneCall, keys: 'g l', needs: 'calls:read' },
  { name: 'wallboard', icon: IconLayoutDashboard, keys: 'g w', needs: 'wallboard:read' },
  { name: 'ring', icon: IconPhoneIncoming, needs: 'calls:handle', isOfDemo: true },
  { name: 'profile', icon: IconUserCircle },
  { name: 'security', icon: IconShieldLock },
  { name: 'users', icon: IconUsersGroup, needs: 'users:manage' },
  { name: 'clinics', icon: IconBuildingHospital, needs: 'clinics:read' },
  { name: 'treatments', icon: IconStethoscope, needs: 'treatments:write' },
  { name: 'telephony', icon: IconPhone, needs: 'telephony:read' },
  { name: 'api_keys', icon: IconKey, needs: 'keys:manage' },
  { name: 'organisation', icon: IconPalette, needs: 'organisation:write' },
]

/** What the palette can do, for who may do it. */
export function useCommands(): Command[] {
  const t = useT()
  const { may, demo } = useMe()
  const navigate = useNavigate()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const phones = usePhones().map(({ title, open }, i) => ({
    label: t('shell.phone.open_of', { platform: title }),
    icon: IconPhone,
    ...(i === 0 && { keys: 'g t' }),
    run: open,
  }))
  const isDark = colorScheme === 'dark'

  const goTo = order
    .filter(({ needs, isOfDemo }) => (!needs || may(needs)) && (!isOfDemo || demo))
    .map(({ name, icon, keys }) => ({
      label: t(`desk.commands.${name}`),
      icon,
      ...(keys && { keys }),
      run: () => void navigate({ to: `/${currentLocale()}/${pages[name]}` as never }),
    }))
  const scheme = {
    label: isDark ? t('desk.commands.light') : t('desk.commands.dark'),
    icon: isDark ? IconSun : IconMoon,
    run: () => setColorScheme(isDark ? 'light' : 'dark'),
  }
  return [...goTo, ...phones, scheme]
}
