import type { Role } from '@clinicacrm/contract/permissions.ts'

export type DemoPerson = { name: string; email: string; role: Role; clinics: string[] | null }

const at = (name: string, role: Role, clinics: string[] | null = null): DemoPerson => ({
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@clinicacrm.example`,
  role,
  clinics,
})

/** One for each role: the sign-in page of the demo lets anybody in as any of them. */
export const demoRoles: DemoPerson[] = [
  at('Giulia Ferri', 'agent'),
  at('Elena Marchetti', 'team_lead'),
  at('Paola Conti', 'clinic_admin', ['Centro Oculistico Milano']),
  at('Andrea Longo', 'integrator'),
  at('Francesca Riva', 'auditor'),
  at('Alessandra Moretti', 'owner'),
]

/** Their colleagues; where cases of the demo are assigned to them, they work. */
export const demoColleagues: DemoPerson[] = [
  at('Chiara Santoro', 'agent', ['Centro Oculistico Napoli', 'Centro Oculistico Roma']),
  at('Davide Rizzo', 'agent', ['Centro Oculistico Torino']),
  at('Marco Bellini', 'agent'),
  at('Sofia Marin', 'agent', ['Centro Oculistico Milano']),
  at('Yassine Benali', 'agent', ['Centro Oculistico Firenze', 'Centro Oculistico Milano', 'Centro Oculistico Roma']),
]
