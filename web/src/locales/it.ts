import calls from './it/calls.json' with { type: 'json' }
import caseTexts from './it/case.json' with { type: 'json' }
import cases from './it/cases.json' with { type: 'json' }
import common from './it/common.json' with { type: 'json' }
import desk from './it/desk.json' with { type: 'json' }
import dispositions from './it/dispositions.json' with { type: 'json' }
import errors from './it/errors.json' with { type: 'json' }
import new_case from './it/new_case.json' with { type: 'json' }
import patients from './it/patients.json' with { type: 'json' }
import shell from './it/shell.json' with { type: 'json' }
import statuses from './it/statuses.json' with { type: 'json' }

/** The texts of one language, one file per area; together they are one file of the built app. */
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
