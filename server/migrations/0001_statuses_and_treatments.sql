-- The lifecycle and the treatments every installation starts with; clinics rename, reorder, hide and add.
INSERT INTO "statuses" ("code", "class", "position", "label_it", "label_en", "label_es") VALUES
  ('NUOVO', 'open', 1, 'Nuovo', 'New', 'Nuevo'),
  ('IN_CORSO', 'open', 2, 'In corso', 'In progress', 'En curso'),
  ('DA_RICHIAMARE', 'open', 3, 'Da richiamare', 'Call back', 'Volver a llamar'),
  ('NON_RAGGIUNGIBILE', 'waiting', 4, 'Non raggiungibile', 'Unreachable', 'No localizable'),
  ('APPUNTAMENTO', 'booked', 5, 'Appuntamento', 'Appointment', 'Cita'),
  ('NON_PRESENTATO', 'open', 6, 'Non presentato', 'No-show', 'No presentado'),
  ('VISITA_EFFETTUATA', 'open', 7, 'Visita effettuata', 'Consultation done', 'Visita realizada'),
  ('PREVENTIVO', 'waiting', 8, 'Preventivo inviato', 'Quote sent', 'Presupuesto enviado'),
  ('INTERVENTO_PROGRAMMATO', 'booked', 9, 'Intervento programmato', 'Procedure scheduled', 'Intervención programada'),
  ('INTERVENTO_ESEGUITO', 'won', 10, 'Intervento eseguito', 'Procedure done', 'Intervención realizada'),
  ('IN_PAUSA', 'waiting', 11, 'In pausa', 'Postponed', 'En pausa'),
  ('PERSO', 'lost', 12, 'Perso', 'Lost', 'Perdido'),
  ('CHIUSO', 'closed', 13, 'Chiuso', 'Closed', 'Cerrado');
--> statement-breakpoint
INSERT INTO "treatments" ("code", "name", "area") VALUES
  ('LASIK', 'LASIK Surgery', 'refractive'),
  ('FEMTO-LASIK', 'Femto-LASIK Surgery', 'refractive'),
  ('SMILE', 'SMILE Surgery', 'refractive'),
  ('PRK', 'PRK Surgery', 'refractive'),
  ('ICL', 'ICL Implant', 'refractive'),
  ('CATARATTA', 'Cataract Surgery', 'cataract'),
  ('FEMTO-CATARATTA', 'Femto Cataract Surgery', 'cataract'),
  ('LENTE-MULTIFOCALE', 'Refractive Lens Exchange', 'refractive'),
  ('CROSS-LINKING', 'Corneal Cross-Linking', 'other'),
  ('GLAUCOMA', 'Glaucoma Check-up', 'other'),
  ('VISITA', 'Eye Examination', 'other'),
  ('BLEFAROPLASTICA', 'Eyelid Surgery', 'aesthetic'),
  ('FILLER', 'Dermal Filler', 'aesthetic'),
  ('IMPIANTO', 'Dental Implant', 'dental'),
  ('ALLINEATORI', 'Clear Aligners', 'dental');
--> statement-breakpoint
INSERT INTO "installation" ("only") VALUES (true);
