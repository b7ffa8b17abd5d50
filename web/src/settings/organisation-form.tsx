import type { OrganisationView } from '@clinicacrm/contract/organisation.ts'
import { Button, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import { countryChoices } from '../countries.ts'
import { currentLocale, localeNames, locales, useT } from '../i18n.ts'
import { focusFirstWrong } from '../ui/focus-first-wrong.ts'
import { Problem } from '../ui/problem.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { AccentChoice } from './accent-choice.tsx'
import { Done } from './done.tsx'
import { Fieldset } from './fieldset.tsx'
import { useOrganisationForm } from './use-organisation-form.ts'

const LogoChoice = lazy(() => import('./logo-choice.tsx').then(({ LogoChoice }) => ({ default: LogoChoice })))

export function OrganisationForm({ organisation }: { organisation: OrganisationView }) {
  const t = useT()
  const { form, submit, problem, saving } = useOrganisationForm(organisation)
  const locale = currentLocale()
  const countries = useMemo(() => countryChoices(locale), [locale])
  const { values } = form
  return (
    <form onSubmit={form.onSubmit(submit, focusFirstWrong)} noValidate>
      <Fieldset title={t('settings.organisation.identity')} text={t('settings.organisation.identity_text')}>
        <TextInput label={t('settings.organisation.name')} maxLength={200} {...form.getInputProps('name')} />
        <Suspense fallback={<SkeletonRows rows={1} height={128} />}>
          <LogoChoice value={values.logo} onChange={(logo) => form.setFieldValue('logo', logo)} />
        </Suspense>
      </Fieldset>
      <Fieldset title={t('settings.organisation.accent')} text={t('settings.organisation.accent_text')}>
        <AccentChoice value={values.accent} onChange={(accent) => form.setFieldValue('accent', accent)} />
      </Fieldset>
      <Fieldset title={t('settings.organisation.region')} text={t('settings.organisation.region_text')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label={t('settings.organisation.country')}
            data={countries}
            searchable
            allowDeselect={false}
            nothingFoundMessage={t('settings.nothing_found')}
            {...form.getInputProps('country')}
          />
          <Select
            label={t('settings.organisation.locale')}
            data={locales.map((value) => ({ value, label: localeNames[value] }))}
            allowDeselect={false}
            {...form.getInputProps('locale')}
          />
        </SimpleGrid>
      </Fieldset>
      <Stack mt="lg">
        <Problem>{problem}</Problem>
        {saving.isSuccess && !form.isDirty() && <Done>{t('common.saved')}</Done>}
        <Group gap="sm">
          <Button type="submit" loading={saving.isPending} disabled={!form.isDirty()}>
            {t('common.actions.save')}
          </Button>
          {form.isDirty() && (
            <Button variant="subtle" color="gray" onClick={() => form.reset()}>
              {t('common.actions.cancel')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
