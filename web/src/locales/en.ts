import calls from './en/calls.json' with { type: 'json' }
import caseTexts from './en/case.json' with { type: 'json' }
import cases from './en/cases.json' with { type: 'json' }
import common from './en/common.json' with { type: 'json' }
import desk from './en/desk.json' with { type: 'json' }
import dispositions from './en/dispositions.json' with { type: 'json' }
import errors from './en/errors.json' with { type: 'json' }
import new_case from './en/new_case.json' with { type: 'json' }
import patients from './en/patients.json' with { type: 'json' }
import shell from './en/shell.json' with { type: 'json' }
import statuses from './en/statuses.json' with { type: 'json' }

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
