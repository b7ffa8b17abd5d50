/** Filled in by ClínicaCRM as this project was downloaded. No key is here: the Function keeps it. */
export const crmUrl: string = '__crm_url__'
/** Where the Functions run; empty: no case is written into tasks. */
export const functionsUrl: string = '__functions_url__'
