import * as frames from '@clinicacrm/contract/frames.ts'
import * as profile from '@clinicacrm/contract/profile.ts'
import * as session from '@clinicacrm/contract/session.ts'
import * as contract from '@clinicacrm/contract/users.ts'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../app-error.ts'
import { Answer } from '../http/answer.ts'
import type { Person } from '../http/caller.ts'
import { type App, serve } from '../http/serve.ts'
import { createFrameTicket, signInToFrame } from './frame-sign-in.ts'
import { forgotPassword, resetPassword, sendPasswordLink } from './forgotten.ts'
import { type Browser, browserOf, type House, workOf } from './house.ts'
import { acceptInvitation, invitationFor, inviteUser, renewInvitation, revokeInvitation } from './invitations.ts'
import { changePassword, endOtherSessions, endSession, saveProfile, sessionsOf } from './profile.ts'
import { colleaguesOf, invitationView, openInvitations, usersFor, userView } from './queries.ts'
import { confirmSecondFactor, renewRecoveryCodes, startSecondFactor, stopSecondFactor } from './second-factor.ts'
import { frontDoor, sessionView } from './session-view.ts'
import { setUp } from './set-up.ts'
import { giveSecondFactor, type SignedIn, signIn, signInToDemo, signOut } from './sign-in.ts'
import { resetSecondFactor, saveUser } from './users.ts'

export function userRoutes(app: App, house: House) {
  waysIn(app, house)
  ownProfile(app, house)
  administration(app, house)
}

/** Before anybody is known. */
function waysIn(app: App, house: House) {
  const enter = async (request: FastifyRequest, status: 200 | 201, come: (browser: Browser) => Promise<SignedIn>) => {
    const { cookies, sessionId } = await come(await browserOf(house, request))
    const body = { second_factor: sessionId === null, session: sessionId && (await sessionView(house, sessionId)) }
    return new Answer(status, body, undefined, cookies)
  }
  serve(app, session.getFrontDoor, () => frontDoor(house))
  serve(app, session.signIn, ({ body }, _, request) => enter(request, 200, (browser) => signIn(house, browser, body)))
  serve(app, session.signInToDemo, ({ body }, _, request) =>
    enter(request, 200, (browser) => signInToDemo(house, browser, body.role)),
  )
  serve(app, session.giveSecondFactor, ({ body }, _, request) =>
    enter(request, 200, (browser) => giveSecondFactor(house, browser, body)),
  )
  serve(app, session.setUp, ({ body }, _, request) => enter(request, 201, (browser) => setUp(house, browser, body)))
  serve(app, session.acceptInvitation, ({ params, body }, _, request) =>
    enter(request, 201, (browser) => acceptInvitation(house, browser, params.token, body)),
  )
  serve(app, session.getInvitation, async ({ params }, _, request) =>
    invitationFor(house, await browserOf(house, request), params.token),
  )
  serve(app, session.forgotPassword, async ({ body }, _, request) =>
    forgotPassword(house, await browserOf(house, request), body.email),
  )
  serve(app, session.resetPassword, async ({ body }, _, request) =>
    resetPassword(house, await browserOf(house, request), body.token, body.password),
  )
  serve(app, frames.signInToFrame, async ({ body }, _, request) => {
    const { cookies, sessionId } = await signInToFrame(house, await browserOf(house, request), body)
    return new Answer(200, { session: await sessionView(house, sessionId) }, undefined, cookies)
  })
  serve(app, session.signOut, async (_input, _, request) => gone(await signOut(house, await browserOf(house, request))))
}

/** Done, with other cookies. */
const gone = (cookies: string[]) => new Answer(204, undefined, undefined, cookies)

/** What a person does with their own account. */
function ownProfile(app: App, house: House) {
  const protectively = async (by: Person, request: FastifyRequest) => {
    if (by.frame === null) return browserOf(house, request)
    throw new AppError('forbidden', 'What protects an account is changed in a window of its own, not in a frame.')
  }
  serve(app, session.getSession, (_input, by) => sessionView(house, by.sessionId))
  serve(app, profile.saveProfile, async ({ body }, by) => {
    await saveProfile(house, by, body)
    return sessionView(house, by.sessionId)
  })
  serve(app, profile.listSessions, async (_input, by) => ({ sessions: await sessionsOf(house, by) }))
  serve(app, profile.endSession, ({ params }, by) => endSession(house, by, params.id))
  serve(app, profile.endOtherSessions, async (_input, by) => ({ ended: await endOtherSessions(house, by) }))
  serve(app, frames.createFrameTicket, async ({ body }, by, request) => {
    await protectively(by, request)
    return createFrameTicket(house, by, body)
  })
  serve(app, profile.changePassword, async ({ body }, by, request) =>
    gone(await changePassword(house, by, await protectively(by, request), body)),
  )
  serve(app, profile.startSecondFactor, async ({ body }, by, request) =>
    startSecondFactor(house, by, await protectively(by, request), body),
  )
  serve(app, profile.confirmSecondFactor, async ({ body }, by, request) =>
    gone(await confirmSecondFactor(house, by, await protectively(by, request), body.code)),
  )
  serve(app, profile.stopSecondFactor, async ({ body }, by, request) =>
    gone(await stopSecondFactor(house, by, await protectively(by, request), body)),
  )
  serve(app, profile.renewRecoveryCodes, async ({ body }, by, request) =>
    renewRecoveryCodes(house, by, await protectively(by, request), body),
  )
}

function administration(app: App, house: House) {
  serve(app, contract.listColleagues, async ({ db }, by) => ({ colleagues: await colleaguesOf(db, by) }))
  serve(app, contract.listUsers, async ({ db }, by) => ({
    users: (await usersFor(db, by)).map(userView),
    invitations: (await openInvitations(db, by)).map(invitationView),
  }))
  serve(app, contract.saveUser, ({ params, body: { version, ...fields }, db }, by) =>
    saveUser(workOf(house, db, by), params.id, fields, version),
  )
  serve(app, contract.resetSecondFactor, async ({ params, db }, by) => {
    const { needsPassword } = await resetSecondFactor(workOf(house, db, by), params.id)
    if (needsPassword && house.mail) await sendPasswordLink(house, by, params.id)
  })
  serve(app, contract.sendPasswordLink, ({ params }, by) => sendPasswordLink(house, by, params.id))
  serve(app, contract.inviteUser, ({ body }, by) => inviteUser(house, by, body))
  serve(app, contract.renewInvitation, ({ params }, by) => renewInvitation(house, by, params.id))
  serve(app, contract.revokeInvitation, ({ params }, by) => revokeInvitation(house, by, params.id))
}
