import calls from './es/calls.json' with { type: 'json' }
import caseTexts from './es/case.json' with { type: 'json' }
import cases from './es/cases.json' with { type: 'json' }
import common from './es/common.json' with { type: 'json' }
import desk from './es/desk.json' with { type: 'json' }
import dispositions from './es/dispositions.json' with { type: 'json' }
import errors from './es/errors.json' with { type: 'json' }
import new_case from './es/new_case.json' with { type: 'json' }
import patients from './es/patients.json' with { type: 'json' }
import shell from './es/shell.json' with { type: 'json' }
import statuses from './es/statuses.json' with { type: 'json' }

export const texts = {
  common,
  shell,
  desk,
  cases,
  case: caseTexts,
  calls,
  new_case,
  patients,
  errors,
  statuses,
  dispositions,
}
