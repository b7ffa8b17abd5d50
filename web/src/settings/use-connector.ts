import { type ConnectorView, getConnector } from '@clinicacrm/contract/connectors.ts'
import { useQuery } from '@tanstack/react-query'
import { currentLocale } from '../i18n.ts'
import { queryOf } from '../query.ts'

export type SettingWords = ConnectorView['fields'][string]

/** What there is to know of a connector, in the language of the page. */
export const questionAbout = (name: string) =>
  queryOf(getConnector, { params: { name }, query: { locale: currentLocale() } })

/** What its settings are called, and which stand in its files and not in its lines; nothing until the answer is here. */
export function useSettingWords(name: string): Pick<ConnectorView, 'fields' | 'in_files'> {
  const { data } = useQuery({ ...questionAbout(name), enabled: name !== '' })
  return data ?? { fields: {}, in_files: [] }
}
