import { permissionsOfRole, type Role, roleNames } from '@clinicacrm/contract/permissions.ts'
import type { Me } from '../session.ts'

/** Nobody gives a role that may more than they may themselves. */
export function rolesToGive({ permissions }: Me): Role[] {
  const own = new Set(permissions)
  return roleNames.filter((role) => [...permissionsOfRole(role)].every((permission) => own.has(permission)))
}

type Rights = { role: Role; clinics: string[] | null }

/** Whoever has rights that I do not have is not mine to change. */
export function mayManage(me: Me, { role, clinics }: Rights): boolean {
  if (!rolesToGive(me).includes(role)) return false
  const own = me.clinics.map(({ name }) => name)
  return me.all_clinics || (clinics !== null && clinics.every((name) => own.includes(name)))
}
