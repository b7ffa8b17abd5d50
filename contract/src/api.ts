import * as apiKeys from './api-keys.ts'
import * as callbacks from './callbacks.ts'
import * as callLog from './call-log.ts'
import * as calls from './calls.ts'
import * as caseLists from './case-lists.ts'
import * as casePage from './case-page.ts'
import * as cases from './cases.ts'
import * as clinicHours from './clinic-hours.ts'
import * as connectors from './connectors.ts'
import * as clinics from './clinics.ts'
import * as desk from './desk.ts'
import type { Endpoint } from './endpoint.ts'
import * as frames from './frames.ts'
import * as health from './health.ts'
import * as lookup from './lookup.ts'
import * as notes from './notes.ts'
import * as organisation from './organisation.ts'
import * as patientPage from './patient-page.ts'
import * as patients from './patients.ts'
import * as pops from './pops.ts'
import * as profile from './profile.ts'
import * as requests from './requests.ts'
import * as ring from './ring.ts'
import * as session from './session.ts'
import * as statuses from './statuses.ts'
import * as telephony from './telephony.ts'
import * as treatments from './treatments.ts'
import * as users from './users.ts'
import * as wrapUp from './wrap-up.ts'

/** Every endpoint, in the order the documentation shows them. */
export const api: readonly Endpoint[] = [
  lookup.lookupByQuery,
  lookup.lookupByBody,
  lookup.lookupByConversation,
  cases.listCases,
  cases.createCase,
  cases.getCase,
  cases.saveCase,
  cases.deleteCase,
  notes.listNotes,
  notes.addNote,
  patients.listPatients,
  patients.createPatient,
  patients.getPatient,
  patients.savePatient,
  clinics.listClinics,
  clinics.createClinic,
  clinics.saveClinic,
  treatments.listTreatments,
  treatments.createTreatment,
  treatments.saveTreatment,
  statuses.listStatuses,
  organisation.saveOrganisation,
  apiKeys.listApiKeys,
  apiKeys.createApiKey,
  apiKeys.saveApiKey,
  apiKeys.rotateApiKey,
  apiKeys.revokeApiKey,
  apiKeys.getKeyUsage,
  requests.listRequests,
  requests.getRequest,
  requests.replayRequest,
  requests.explainNumber,
  calls.recordCallEvent,
  calls.reportMyCall,
  pops.listPops,
  pops.resolvePop,
  pops.getPop,
  pops.markPop,
  ring.ringMyself,
  callLog.listCalls,
  callLog.getCall,
  callLog.linkCall,
  desk.getDesk,
  patientPage.searchEverything,
  casePage.getCasePage,
  casePage.listTimeline,
  casePage.confirmIdentity,
  casePage.revealCase,
  casePage.watchCase,
  notes.editNote,
  notes.listNoteVersions,
  caseLists.countCases,
  caseLists.listCaseChoices,
  caseLists.getBoard,
  caseLists.getCalendar,
  caseLists.exportCases,
  caseLists.previewBulk,
  caseLists.changeManyCases,
  caseLists.undoBulk,
  caseLists.listViews,
  caseLists.createView,
  caseLists.saveView,
  caseLists.deleteView,
  patientPage.getPatientPage,
  patientPage.findDuplicates,
  patientPage.saveNumber,
  patientPage.addRelation,
  patientPage.removeRelation,
  patientPage.addConsent,
  session.getFrontDoor,
  session.getSession,
  session.signIn,
  session.signInToDemo,
  session.giveSecondFactor,
  session.signOut,
  frames.createFrameTicket,
  frames.signInToFrame,
  session.setUp,
  session.forgotPassword,
  session.resetPassword,
  session.getInvitation,
  session.acceptInvitation,
  profile.saveProfile,
  profile.changePassword,
  profile.listSessions,
  profile.endSession,
  profile.endOtherSessions,
  profile.startSecondFactor,
  profile.confirmSecondFactor,
  profile.stopSecondFactor,
  profile.renewRecoveryCodes,
  users.listColleagues,
  users.listUsers,
  users.saveUser,
  users.resetSecondFactor,
  users.sendPasswordLink,
  users.inviteUser,
  users.renewInvitation,
  users.revokeInvitation,
  telephony.listIdentities,
  telephony.addIdentity,
  telephony.removeIdentity,
  telephony.listDialledNumbers,
  telephony.addDialledNumber,
  telephony.saveDialledNumber,
  telephony.removeDialledNumber,
  telephony.listConnectorLines,
  telephony.addConnectorLine,
  telephony.saveConnectorLine,
  telephony.removeConnectorLine,
  connectors.listConnectors,
  connectors.getConnector,
  connectors.saveConnector,
  connectors.getConnectorFile,
  connectors.tryConnector,
  frames.listFrameOrigins,
  frames.saveFrameOrigins,
  callLog.getRecording,
  wrapUp.wrapUpCall,
  wrapUp.saveWrapUpDraft,
  wrapUp.getWrapUpDraft,
  callLog.previewRelink,
  callLog.relinkCalls,
  callbacks.listCallbacks,
  callbacks.createCallback,
  callbacks.saveCallback,
  callbacks.tryCallback,
  callbacks.nextSlot,
  callbacks.getWallboard,
  clinicHours.getClinicHours,
  clinicHours.saveClinicHours,
  health.health,
  health.ready,
]
