DROP INDEX "relations_of_patient";--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "folded_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "patients_folded_name" ON "patients" USING gin ("folded_name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "patients_email" ON "patients" USING btree (lower("email")) WHERE "patients"."email" is not null;--> statement-breakpoint
CREATE INDEX "patients_birth_date" ON "patients" USING btree ("birth_date") WHERE "patients"."birth_date" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "relations_pair" ON "relations" USING btree ("patient_id","other_id");