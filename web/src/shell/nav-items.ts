import type { Permission } from '@clinicacrm/contract/permissions.ts'
import {
  type Icon,
  IconBriefcase,
  IconHome,
  IconLayoutDashboard,
  IconPhoneCall,
  IconPhoneX,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react'

type NavItem = {
  /** Its text is `shell.nav.<name>`. */
  name: 'desk' | 'cases' | 'patients' | 'callbacks' | 'calls' | 'wallboard' | 'settings'
  to:
    | '/$locale'
    | '/$locale/cases'
    | '/$locale/patients'
    | '/$locale/callbacks'
    | '/$locale/calls'
    | '/$locale/wallboard'
    | '/$locale/settings'
  icon: Icon
  /** Shown to who has it; to everybody when there is none. */
  needs?: Permission
  keys: string
  /** Left out of a phone's bar, which has room for five. */
  isWide?: true
}

/** What the rail leads to, from top to bottom. */
export const navItems: readonly NavItem[] = [
  { name: 'desk', to: '/$locale', icon: IconHome, keys: 'g d' },
  { name: 'cases', to: '/$locale/cases', icon: IconBriefcase, needs: 'cases:read', keys: 'g c' },
  { name: 'patients', to: '/$locale/patients', icon: IconUsers, needs: 'patients:read', keys: 'g p' },
  { name: 'callbacks', to: '/$locale/callbacks', icon: IconPhoneX, needs: 'calls:read', keys: 'g r' },
  { name: 'calls', to: '/$locale/calls', icon: IconPhoneCall, needs: 'calls:read', keys: 'g l', isWide: true },
  {
    name: 'wallboard',
    to: '/$locale/wallboard',
    icon: IconLayoutDashboard,
    needs: 'wallboard:read',
    keys: 'g w',
    isWide: true,
  },
  { name: 'settings', to: '/$locale/settings', icon: IconSettings, keys: 'g s' },
]
