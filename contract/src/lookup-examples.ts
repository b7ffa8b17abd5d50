/** Stands in the examples wherever a link begins; the documentation puts the installation's own address there. */
export const exampleOrigin = 'https://crm.example'

const created_at = '2025-07-08T16:57:06.836704+00:00'
const screen_pop_url = `${exampleOrigin}/it/cases/9`

/** The guide's sample patient, word for word, then what this program adds to it. */
const found = {
  found: true,
  case_id: '9',
  patient: {
    name: 'Antonio Dorato',
    phone: '+39 06 2222 4444',
    home_phone: '+39 06 2222 4444',
    cell_phone: '+39 333 222 4444',
    email: 'antonio.dorato@email.com',
  },
  case: {
    status: 'APPUNTAMENTO',
    clinic: 'Centro Oculistico Roma',
    treatment: 'SMILE Surgery',
    disposition: 'SMILE evaluation',
    outcome: 'Professional athlete',
    created_at,
    follow_up_date: '2025-07-12T16:57:06.836704+00:00',
  },
  screen_pop_url,
  phone_searched: '+39 06 2222 4444',
  match_count: 2,
  people_count: 2,
  matches: [
    { case_id: '9', name: 'Antonio Dorato', clinic: 'Centro Oculistico Roma', created_at },
    {
      case_id: '4',
      name: 'Antonio Dorato',
      clinic: 'Centro Oculistico Roma',
      created_at: '2023-05-17T08:08:50.728140+00:00',
    },
  ],
}

const notFound = {
  found: false,
  message: 'No case found for phone number: +391234567890',
  phone: '+391234567890',
  patient_known: false,
  new_case_url: `${exampleOrigin}/it/cases/new?phone=%2B391234567890`,
}

const withheld = {
  found: false,
  message: 'No case found for phone number: anonymous',
  phone: 'anonymous',
  reason: 'withheld',
  patient_known: false,
}

const flat = {
  found: 'true',
  case_id: '9',
  patient_name: 'Antonio Dorato',
  first_name: 'Antonio',
  last_name: 'Dorato',
  case_status: 'APPUNTAMENTO',
  clinic: 'Centro Oculistico Roma',
  treatment: 'SMILE Surgery',
  screen_pop_url,
  match_count: '2',
  people_count: '2',
}

const flatNotFound = { found: 'false', reason: 'not_found', match_count: '0' }

const phoneInvalid = {
  summary: 'Text without a number',
  value: { error: 'Invalid phone number', message: 'The text holds no phone number.', code: 'phone_invalid' },
}
/** The lookup's own refusals; `message` asks for the number where it belongs. */
export const refusalExamples = (message: string) => ({
  phone_required: { summary: 'No number', value: { error: 'Phone number is required', message } },
  phone_invalid: phoneInvalid,
})

export const replyExamples = {
  '200': {
    found: { summary: 'A case was found', value: found },
    flat: { summary: 'The same with format=flat', value: flat },
    unknown_as_200: { summary: 'An unknown caller with on_missing=200', value: notFound },
  },
  '200 text/plain': { line: { summary: 'With format=text', value: 'Antonio Dorato - APPUNTAMENTO' } },
  '404': {
    unknown: { summary: 'No case has this number', value: notFound },
    withheld: { summary: 'The caller hides the number', value: withheld },
    flat: { summary: 'With format=flat', value: flatNotFound },
  },
  '404 text/plain': { line: { summary: 'With format=text', value: '' } },
}

/** The guide's two test numbers. */
export const phoneExamples = {
  known: { summary: 'Returns case data', value: '+39 06 2222 4444' },
  unknown: { summary: 'Returns "not found"', value: '+39 123 456 7890' },
}

export const bodyExamples = {
  known: { summary: 'Returns case data', value: { phone: '+39 06 2222 4444' } },
  unknown: { summary: 'Returns "not found"', value: { phone: '+391234567890' } },
  with_the_call: {
    summary: 'With the call, to ask for the result again by the call’s id',
    value: {
      phone: '+39 06 2222 4444',
      provider: 'genesys-cloud',
      conversation_id: '2f1d9c1e-6f3b-4f0c-9a57-0d9a1f1d7c11',
      called: '+39 06 5555 0100',
    },
  },
}
