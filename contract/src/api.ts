import { createApiKey, listApiKeys, revokeApiKey, rotateApiKey, saveApiKey } from './api-keys.ts'
import { createCase, deleteCase, getCase, listCases, saveCase } from './cases.ts'
import { createClinic, listClinics, saveClinic } from './clinics.ts'
import type { Endpoint } from './endpoint.ts'
import { health, ready } from './health.ts'
import { lookupByBody, lookupByConversation, lookupByQuery } from './lookup.ts'
import { addNote, listNotes } from './notes.ts'
import { createPatient, getPatient, listPatients, savePatient } from './patients.ts'
import { createTreatment, listTreatments, saveTreatment } from './treatments.ts'

/** Every endpoint, in the order the documentation shows them. */
export const api: readonly Endpoint[] = [
  lookupByQuery,
  lookupByBody,
  lookupByConversation,
  listCases,
  createCase,
  getCase,
  saveCase,
  deleteCase,
  listNotes,
  addNote,
  listPatients,
  createPatient,
  getPatient,
  savePatient,
  listClinics,
  createClinic,
  saveClinic,
  listTreatments,
  createTreatment,
  saveTreatment,
  listApiKeys,
  createApiKey,
  saveApiKey,
  rotateApiKey,
  revokeApiKey,
  health,
  ready,
]
