import { Select, SimpleGrid, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { countryChoices, zoneChoices } from '../countries.ts'
import { currentLocale, localeNames, locales, useT } from '../i18n.ts'
import { useGoToLocale } from '../go-to-locale.ts'
import type { SetUpFormState } from './use-set-up.ts'

/** Who runs this installation, where, and in which language. */
export function OrganisationFields({ form }: { form: SetUpFormState }) {
  const t = useT()
  const locale = currentLocale()
  const goToLocale = useGoToLocale()
  const countries = useMemo(() => countryChoices(locale), [locale])
  const zones = useMemo(zoneChoices, [])
  const nothing = t('sign_in.set_up.nothing_found')
  return (
    <>
      <TextInput
        label={t('sign_in.set_up.organisation')}
        autoComplete="organization"
        maxLength={200}
        {...form.getInputProps('organisation')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t('sign_in.set_up.clinic')}
          description={t('sign_in.set_up.clinic_text')}
          autoComplete="off"
          maxLength={200}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          {...form.getInputProps('clinic')}
        />
        <TextInput
          label={t('sign_in.set_up.city')}
          autoComplete="address-level2"
          maxLength={200}
          {...form.getInputProps('city')}
        />
        <Select
          label={t('sign_in.set_up.country')}
          description={t('sign_in.set_up.country_text')}
          data={countries}
          searchable
          nothingFoundMessage={nothing}
          allowDeselect={false}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          {...form.getInputProps('country')}
        />
        <Select
          label={t('sign_in.set_up.zone')}
          data={zones}
          searchable
          nothingFoundMessage={nothing}
          allowDeselect={false}
          {...form.getInputProps('zone')}
        />
        <Select
          label={t('sign_in.set_up.locale')}
          data={locales.map((value) => ({ value, label: localeNames[value] }))}
          allowDeselect={false}
          value={locale}
          onChange={(chosen) => goToLocale(chosen)}
        />
      </SimpleGrid>
    </>
  )
}
