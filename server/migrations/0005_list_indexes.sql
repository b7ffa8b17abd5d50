-- Writing to cases and patients waits while these are built: some 20 s for a million cases. Names are filled in by the reindex at start.
DROP INDEX "cases_clinic";--> statement-breakpoint
DROP INDEX "cases_assigned";--> statement-breakpoint
DROP INDEX "cases_campaign";--> statement-breakpoint
DROP INDEX "cases_follow_up";--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "sort_name" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "cases_updated" ON "cases" USING btree ("updated_at","id") WHERE "cases"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "cases_contacted" ON "cases" USING btree ("last_contact_at","id") WHERE "cases"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "cases_at_work_created" ON "cases" USING btree ("created_at","id") WHERE "cases"."deleted_at" is null and "cases"."status" not in ('INTERVENTO_ESEGUITO', 'PERSO', 'CHIUSO');--> statement-breakpoint
CREATE INDEX "cases_at_work_follow_up" ON "cases" USING btree ("follow_up_date","id") WHERE "cases"."deleted_at" is null and "cases"."status" not in ('INTERVENTO_ESEGUITO', 'PERSO', 'CHIUSO');--> statement-breakpoint
CREATE INDEX "cases_at_work_updated" ON "cases" USING btree ("updated_at","id") WHERE "cases"."deleted_at" is null and "cases"."status" not in ('INTERVENTO_ESEGUITO', 'PERSO', 'CHIUSO');--> statement-breakpoint
CREATE INDEX "cases_at_work_contacted" ON "cases" USING btree ("last_contact_at","id") WHERE "cases"."deleted_at" is null and "cases"."status" not in ('INTERVENTO_ESEGUITO', 'PERSO', 'CHIUSO');--> statement-breakpoint
CREATE INDEX "cases_at_work_assigned" ON "cases" USING btree ("assigned_to","follow_up_date","id","clinic_id") WHERE "cases"."deleted_at" is null and "cases"."status" not in ('INTERVENTO_ESEGUITO', 'PERSO', 'CHIUSO');--> statement-breakpoint
CREATE INDEX "cases_unassigned" ON "cases" USING btree ("created_at","id","clinic_id","status","follow_up_date") WHERE "cases"."deleted_at" is null and "cases"."status" not in ('INTERVENTO_ESEGUITO', 'PERSO', 'CHIUSO') and "cases"."assigned_to" is null;--> statement-breakpoint
CREATE INDEX "cases_status_follow_up" ON "cases" USING btree ("status","follow_up_date","id") WHERE "cases"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "cases_clinic_newest" ON "cases" USING btree ("clinic_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE "cases"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "cases_channel" ON "cases" USING btree ("channel");--> statement-breakpoint
CREATE INDEX "cases_treatment" ON "cases" USING btree ("treatment_id");--> statement-breakpoint
CREATE INDEX "patients_by_name" ON "patients" USING btree ("sort_name","id");--> statement-breakpoint
CREATE INDEX "patients_name_of" ON "patients" USING btree ("id","sort_name");--> statement-breakpoint
CREATE INDEX "status_changes_of_actor" ON "status_changes" USING btree ("actor","at");--> statement-breakpoint
CREATE INDEX "cases_clinic" ON "cases" USING btree ("clinic_id");--> statement-breakpoint
CREATE INDEX "cases_assigned" ON "cases" USING btree ("assigned_to");--> statement-breakpoint
CREATE INDEX "cases_campaign" ON "cases" USING btree ("dialer_campaign_tag");--> statement-breakpoint
CREATE INDEX "cases_follow_up" ON "cases" USING btree ("follow_up_date","id") WHERE "cases"."deleted_at" is null;
--> statement-breakpoint
UPDATE "cases" SET "assigned_to" = NULL WHERE "assigned_to" = '';
