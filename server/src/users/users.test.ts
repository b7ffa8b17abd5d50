import { permissionsOfRole, type Role, roleNames } from '@clinicacrm/contract/permissions.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Clinic, openClinic, type SignedIn } from '../testing/harness.ts'

let clinic: Clinic
let owner: SignedIn
beforeAll(async () => {
  clinic = await openClinic({ clinics: ['Roma', 'Milano', 'Napoli'] })
  owner = await clinic.signsIn('owner', { name: 'Adele Moretti' })
})
afterAll(() => clinic.close())

const save = (by: SignedIn, of: { id: string }, json: object) => by.ask('PATCH', `/api/users/${of.id}`, { json })
const namesIn = ({ body }: { body: { users: { name: string }[] } }) => body.users.map(({ name }) => name)
const invite = (by: SignedIn, role: Role, clinics: string[] | null) =>
  by.ask('POST', '/api/invitations', {
    json: { email: `${role}.${Math.random()}@clinic.example`, name: 'X', role, clinics },
  })

describe('who manages users', () => {
  test('sees them with what matters, and the open invitations', async () => {
    const agent = await clinic.signsIn('agent', { name: 'Ada Neri', clinics: ['Roma', 'Milano'] })
    await agent.ask('GET', '/api/session')
    await invite(owner, 'auditor', null)
    const { body } = await owner.ask('GET', '/api/users')
    const ada = body.users.find(({ id }: { id: string }) => id === agent.id)
    expect(ada).toMatchObject({
      email: agent.email,
      name: 'Ada Neri',
      role: 'agent',
      clinics: ['Milano', 'Roma'],
      locale: 'it',
      active: true,
      two_factor_enabled: false,
      version: 1,
    })
    expect(Date.now() - Date.parse(ada.last_seen_at)).toBeLessThan(60_000)
    expect(Object.keys(ada)).not.toContain('password_is_long')
    expect(body.invitations).toEqual([expect.objectContaining({ role: 'auditor', invited_by: 'Adele Moretti' })])
  })

  test('within clinics sees and touches only those who work wholly within them', async () => {
    const admin = await clinic.signsIn('clinic_admin', { name: 'Admin Roma', clinics: ['Roma'] })
    const [here, partly, elsewhere] = [
      await clinic.signsIn('agent', { name: 'Qui', clinics: ['Roma'] }),
      await clinic.signsIn('agent', { name: 'Anche', clinics: ['Roma', 'Napoli'] }),
      await clinic.signsIn('agent', { name: 'Altrove', clinics: ['Milano'] }),
    ]
    await invite(owner, 'agent', ['Milano'])
    await invite(owner, 'agent', ['Roma'])
    const listed = await admin.ask('GET', '/api/users')
    expect(namesIn(listed)).toEqual(['Admin Roma', 'Qui'])
    expect(listed.body.invitations.map(({ clinics }: { clinics: string[] }) => clinics)).toEqual([['Roma']])
    expect((await save(admin, here, { name: 'Qui di nuovo' })).body.name).toBe('Qui di nuovo')
    for (const other of [partly, elsewhere, owner]) {
      const unknown = await save(admin, { id: '999999' }, { name: 'X' })
      const refused = await save(admin, other, { name: 'X' })
      expect([refused.status, refused.text]).toEqual([404, unknown.text])
      expect((await admin.ask('DELETE', `/api/users/${other.id}/second-factor`)).status).toBe(404)
      expect((await admin.ask('POST', `/api/users/${other.id}/password-link`)).status).toBe(404)
    }
  })

  test.each(roleNames)('never gives the role %s without all that it may', async (role) => {
    const admin = await clinic.signsIn('clinic_admin')
    const agent = await clinic.signsIn('agent')
    const own = permissionsOfRole('clinic_admin')
    const status = [...permissionsOfRole(role)].every((permission) => own.has(permission)) ? [201, 200] : [403, 403]
    expect([(await invite(admin, role, null)).status, (await save(admin, agent, { role })).status]).toEqual(status)
  })

  test('never gives clinics beyond their own, nor learns of them', async () => {
    const admin = await clinic.signsIn('clinic_admin', { clinics: ['Roma'] })
    const agent = await clinic.signsIn('agent', { clinics: ['Roma'] })
    expect((await invite(admin, 'agent', null)).status).toBe(403)
    expect((await save(admin, agent, { clinics: null })).status).toBe(403)
    const [theirs, nobodys] = [await invite(admin, 'agent', ['Milano']), await invite(admin, 'agent', ['Nowhere'])]
    expect([theirs.status, theirs.text]).toEqual([400, nobodys.text])
    expect((await invite(admin, 'agent', ['Roma'])).status).toBe(201)
  })

  test('touches nobody with more rights, and no invitation that gives them', async () => {
    const admin = await clinic.signsIn('clinic_admin')
    const auditor = await clinic.signsIn('auditor')
    const { body } = await invite(owner, 'owner', null)
    for (const stronger of [auditor, owner]) {
      expect((await save(admin, stronger, { name: 'X' })).status).toBe(403)
      expect((await save(admin, stronger, { active: false })).status).toBe(403)
      expect((await admin.ask('DELETE', `/api/users/${stronger.id}/second-factor`)).status).toBe(403)
      expect((await admin.ask('POST', `/api/users/${stronger.id}/password-link`)).status).toBe(403)
    }
    expect((await admin.ask('POST', `/api/invitations/${body.invitation.id}/renew`)).status).toBe(403)
    expect((await admin.ask('DELETE', `/api/invitations/${body.invitation.id}`)).status).toBe(403)
  })

  test('changes neither own role, clinics nor access', async () => {
    const admin = await clinic.signsIn('clinic_admin', { clinics: ['Roma', 'Milano'] })
    for (const json of [{ role: 'agent' }, { clinics: ['Roma'] }, { active: false }])
      expect((await save(admin, admin, json)).status).toBe(403)
    expect((await save(admin, admin, { name: 'Io', role: 'clinic_admin' })).status).toBe(200)
  })

  test('leaves a trace of what was from what to what, and none where nothing changed', async () => {
    const agent = await clinic.signsIn('agent', { name: 'Prima' })
    await save(owner, agent, { name: 'Dopo', role: 'team_lead' })
    await save(owner, agent, { name: 'Dopo' })
    const traces = await clinic.rows(
      "select actor, changes from audit_events where action = 'user.changed' and subject_id = $1",
      [agent.id],
    )
    expect(traces).toEqual([
      {
        actor: `user:${owner.id}`,
        changes: { name: { from: 'Prima', to: 'Dopo' }, role: { from: 'agent', to: 'team_lead' } },
      },
    ])
  })

  test('hears when somebody saved in between', async () => {
    const agent = await clinic.signsIn('agent')
    expect((await save(owner, agent, { name: 'Uno', version: 1 })).body.version).toBe(2)
    const { status, body } = await save(owner, agent, { name: 'Due', version: 1 })
    expect([status, body.code, body.current.name]).toEqual([409, 'changed', 'Uno'])
  })
})

describe('the last owner', () => {
  test('stays, also when two owners shut each other out at the same moment', async () => {
    const apart = await openClinic()
    for (let round = 0; round < 3; round++) {
      await apart.rows("update users set active = false where role = 'owner'")
      const [one, two] = [await apart.signsIn('owner'), await apart.signsIn('owner')]
      const statuses = await Promise.all([
        save(one, two, { active: false }),
        save(two, one, round % 2 ? { role: 'agent' } : { active: false }),
      ])
      expect(statuses.filter(({ status }) => status === 200).length).toBeLessThan(2)
      expect(await apart.rows("select count(*)::int as n from users where role = 'owner' and active")).not.toEqual([
        { n: 0 },
      ])
    }
    await apart.close()
  })

  test('has every clinic', async () => {
    const agent = await clinic.signsIn('agent', { clinics: ['Roma'] })
    const { status, body } = await save(owner, agent, { role: 'owner' })
    expect([status, body.fields[0].field]).toEqual([400, 'clinics'])
    expect((await save(owner, agent, { role: 'owner', clinics: null })).status).toBe(200)
  })
})

describe('who is shut out', () => {
  test('is out at once, on every page, and their invitations and links with them', async () => {
    const admin = await clinic.signsIn('clinic_admin', { password: 'quattro parole messe a caso' })
    const { body } = await invite(admin, 'agent', null)
    const { body: handed } = await owner.ask('POST', `/api/users/${admin.id}/password-link`)
    expect((await save(owner, admin, { active: false })).body.active).toBe(false)
    expect((await admin.ask('GET', '/api/session')).status).toBe(401)
    const open = await owner.ask('GET', '/api/users')
    expect(open.body.invitations.map(({ id }: { id: string }) => id)).not.toContain(body.invitation.id)
    const json = { token: handed.link.split('/').at(-1), password: 'altre quattro parole ancora' }
    expect((await clinic.ask('POST', '/api/password/reset', { key: null, json })).body.code).toBe('link_expired')
    expect((await owner.ask('POST', `/api/users/${admin.id}/password-link`)).status).toBe(403)
    await save(owner, admin, { active: true })
    const again = { email: admin.email, password: 'quattro parole messe a caso' }
    expect((await clinic.ask('POST', '/api/session', { key: null, json: again })).status).toBe(200)
  })
})

describe('colleagues', () => {
  test('are those who can sign in and work where one does', async () => {
    const apart = await openClinic({ clinics: ['Roma', 'Milano'] })
    const roma = await apart.signsIn('agent', { name: 'Roma', clinics: ['Roma'] })
    await apart.signsIn('agent', { name: 'Milano', clinics: ['Milano'] })
    const both = await apart.signsIn('team_lead', { name: 'Tutte e due', clinics: ['Milano', 'Roma'] })
    const everywhere = await apart.signsIn('owner', { name: 'Dappertutto' })
    const gone = await apart.signsIn('agent', { name: 'Uscita', clinics: ['Roma'] })
    await save(everywhere, gone, { active: false })
    const names = async (by: SignedIn) =>
      (await by.ask('GET', '/api/colleagues')).body.colleagues.map(({ name }: { name: string }) => name)
    expect(await names(roma)).toEqual(['Dappertutto', 'Roma', 'Tutte e due'])
    expect(await names(both)).toEqual(['Dappertutto', 'Milano', 'Roma', 'Tutte e due'])
    await apart.close()
  })
})

describe('one’s own profile', () => {
  test('keeps name, language and preferences, merged by key, also from two tabs at once', async () => {
    const agent = await clinic.signsIn('agent')
    const prefer = (preferences: object) => agent.ask('PATCH', '/api/profile', { json: { preferences } })
    await Promise.all([prefer({ scheme: 'dark' }), prefer({ columns: ['id', 'name'] })])
    await prefer({ scheme: null, pinned: { a: 1 } })
    const saved = await agent.ask('PATCH', '/api/profile', { json: { name: 'Nuovo nome', locale: 'es' } })
    expect(saved.body.user).toMatchObject({
      name: 'Nuovo nome',
      locale: 'es',
      preferences: { columns: ['id', 'name'], pinned: { a: 1 } },
    })
    expect(Object.keys(saved.body.user.preferences)).not.toContain('scheme')
  })

  test('refuses what is too long, and what is no profile', async () => {
    const agent = await clinic.signsIn('agent')
    const statusOf = async (json: object) => (await agent.ask('PATCH', '/api/profile', { json })).status
    expect(await statusOf({ preferences: { a: 'x'.repeat(20_001) } })).toBe(400)
    expect(await statusOf({ role: 'owner' })).toBe(400)
    expect(await statusOf({ name: ' ' })).toBe(400)
    for (let i = 0; i < 2; i++) expect(await statusOf({ preferences: { [i]: 'x'.repeat(19_000) } })).toBe(200)
    expect(await statusOf({ preferences: { more: 'x'.repeat(19_000) } })).toBe(400)
  })
})

describe('the organisation', () => {
  const logo = 'data:image/png;base64,iVBORw0KGgo='

  test('is named, coloured and given a picture by its owner; everybody sees it', async () => {
    const saved = await owner.ask('PATCH', '/api/organisation', { json: { name: 'Occhi', accent: '#0f766e', logo } })
    expect([saved.status, saved.body]).toEqual([
      200,
      { name: 'Occhi', accent: '#0f766e', logo, country: 'IT', locale: 'it', version: 1 },
    ])
    const { body } = await clinic.ask('GET', '/api/front-door', { key: null })
    expect(body.organisation).toEqual({ name: 'Occhi', accent: '#0f766e', logo, locale: 'it' })
    const next = await owner.ask('PATCH', '/api/organisation', { json: { accent: null, version: 1 } })
    expect(next.body).toMatchObject({ name: 'Occhi', accent: null, version: 2 })
    const late = await owner.ask('PATCH', '/api/organisation', { json: { name: 'X', version: 1 } })
    expect([late.status, late.body.current.name]).toEqual([409, 'Occhi'])
    const traces = await clinic.rows("select changes from audit_events where subject = 'organisation'")
    expect(JSON.stringify(traces)).not.toContain('iVBOR')
  })

  test('takes no picture that could run, and no colour that is none', async () => {
    for (const json of [
      { logo: 'data:image/svg+xml;base64,PHN2Zz4=' },
      { logo: 'https://elsewhere.example/logo.png' },
      { logo: `data:image/png;base64,${'A'.repeat(150_001)}` },
      { accent: 'red' },
    ])
      expect((await owner.ask('PATCH', '/api/organisation', { json })).status).toBe(400)
    const admin = await clinic.signsIn('clinic_admin')
    expect((await admin.ask('PATCH', '/api/organisation', { json: { name: 'X' } })).status).toBe(403)
  })

  test('has the statuses of the lifecycle, in order, for whoever sees clinics', async () => {
    const { body } = await (await clinic.signsIn('agent')).ask('GET', '/api/statuses')
    expect(body.statuses[0]).toMatchObject({ code: 'NUOVO', class: 'open', label_en: 'New' })
    expect(body.statuses.at(-1).code).toBe('CHIUSO')
  })
})
