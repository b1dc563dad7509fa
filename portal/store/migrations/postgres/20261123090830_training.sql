-- +goose Up
-- create "courses" table
CREATE TABLE "courses" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "key" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'DRAFT', "name" character varying NOT NULL, "draft" jsonb NOT NULL, "latest" bigint NOT NULL DEFAULT 0, "restricted" boolean NOT NULL DEFAULT false, "seats" bigint NULL, "rules" jsonb NOT NULL, "version" bigint NOT NULL DEFAULT 1, "variant_id" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "courses_product_variants_variant" FOREIGN KEY ("variant_id") REFERENCES "product_variants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "course_key" to table: "courses"
CREATE UNIQUE INDEX "course_key" ON "courses" ("key");
-- create index "course_name_id" to table: "courses"
CREATE INDEX "course_name_id" ON "courses" ("name", "id");
-- create index "course_status" to table: "courses"
CREATE INDEX "course_status" ON "courses" ("status");
-- create index "course_variant_id" to table: "courses"
CREATE INDEX "course_variant_id" ON "courses" ("variant_id");
-- create "course_versions" table
CREATE TABLE "course_versions" ("id" character varying NOT NULL, "number" bigint NOT NULL, "document" jsonb NOT NULL, "checksum" character varying NOT NULL, "corrections" jsonb NULL, "recertify_days" bigint NULL, "note" character varying NULL, "published_at" timestamptz NOT NULL, "course_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "course_versions_courses_course" FOREIGN KEY ("course_id") REFERENCES "courses" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "courseversion_course_id_number" to table: "course_versions"
CREATE UNIQUE INDEX "courseversion_course_id_number" ON "course_versions" ("course_id", "number");
-- create "enrollments" table
CREATE TABLE "enrollments" ("id" character varying NOT NULL, "slot" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'ACTIVE', "origin" character varying NOT NULL DEFAULT 'SELF', "bought" boolean NOT NULL DEFAULT false, "due_at" timestamptz NULL, "percent" bigint NOT NULL DEFAULT 0, "done" bigint NOT NULL DEFAULT 0, "next" character varying NULL, "lessons" jsonb NULL, "seconds" bigint NOT NULL DEFAULT 0, "learned" bytea NULL, "marks" jsonb NULL, "reminded" bigint NULL, "enrolled_at" timestamptz NOT NULL, "active_at" timestamptz NULL, "started_at" timestamptz NULL, "learned_at" timestamptz NULL, "completed_at" timestamptz NULL, "reason" character varying NULL, "rating" bigint NULL, "feedback" character varying NULL, "version" bigint NOT NULL DEFAULT 1, "organization_id" character varying NOT NULL, "user_id" character varying NULL, "course_id" character varying NOT NULL, "version_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "enrollments_course_versions_course_version" FOREIGN KEY ("version_id") REFERENCES "course_versions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "enrollments_courses_course" FOREIGN KEY ("course_id") REFERENCES "courses" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "enrollments_organizations_organization" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "enrollments_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "enrollment_course_id_organization_id_user_id_slot" to table: "enrollments"
CREATE UNIQUE INDEX "enrollment_course_id_organization_id_user_id_slot" ON "enrollments" ("course_id", "organization_id", "user_id", "slot");
-- create index "enrollment_course_id_status_enrolled_at" to table: "enrollments"
CREATE INDEX "enrollment_course_id_status_enrolled_at" ON "enrollments" ("course_id", "status", "enrolled_at");
-- create index "enrollment_due_at" to table: "enrollments"
CREATE INDEX "enrollment_due_at" ON "enrollments" ("due_at");
-- create index "enrollment_enrolled_at_id" to table: "enrollments"
CREATE INDEX "enrollment_enrolled_at_id" ON "enrollments" ("enrolled_at", "id");
-- create index "enrollment_organization_id" to table: "enrollments"
CREATE INDEX "enrollment_organization_id" ON "enrollments" ("organization_id");
-- create index "enrollment_organization_id_enrolled_at_id" to table: "enrollments"
CREATE INDEX "enrollment_organization_id_enrolled_at_id" ON "enrollments" ("organization_id", "enrolled_at", "id");
-- create index "enrollment_status" to table: "enrollments"
CREATE INDEX "enrollment_status" ON "enrollments" ("status");
-- create index "enrollment_user_id" to table: "enrollments"
CREATE INDEX "enrollment_user_id" ON "enrollments" ("user_id");
-- create index "enrollment_user_id_organization_id" to table: "enrollments"
CREATE INDEX "enrollment_user_id_organization_id" ON "enrollments" ("user_id", "organization_id");
-- create index "enrollment_version_id" to table: "enrollments"
CREATE INDEX "enrollment_version_id" ON "enrollments" ("version_id");
-- create "attempts" table
CREATE TABLE "attempts" ("id" character varying NOT NULL, "organization_id" character varying NOT NULL, "user_id" character varying NULL, "version_id" character varying NOT NULL, "lesson" character varying NOT NULL, "number" bigint NOT NULL, "status" character varying NOT NULL DEFAULT 'OPEN', "questions" jsonb NOT NULL, "started_at" timestamptz NOT NULL, "ends_at" timestamptz NULL, "submitted_at" timestamptz NULL, "points" bigint NULL, "max_points" bigint NOT NULL DEFAULT 0, "passed" boolean NULL, "regraded" boolean NOT NULL DEFAULT false, "version" bigint NOT NULL DEFAULT 1, "enrollment_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "attempts_enrollments_enrollment" FOREIGN KEY ("enrollment_id") REFERENCES "enrollments" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "attempt_enrollment_id_lesson_number" to table: "attempts"
CREATE UNIQUE INDEX "attempt_enrollment_id_lesson_number" ON "attempts" ("enrollment_id", "lesson", "number");
-- create index "attempt_organization_id" to table: "attempts"
CREATE INDEX "attempt_organization_id" ON "attempts" ("organization_id");
-- create index "attempt_status_ends_at" to table: "attempts"
CREATE INDEX "attempt_status_ends_at" ON "attempts" ("status", "ends_at");
-- create index "attempt_user_id" to table: "attempts"
CREATE INDEX "attempt_user_id" ON "attempts" ("user_id");
-- create index "attempt_version_id_lesson" to table: "attempts"
CREATE INDEX "attempt_version_id_lesson" ON "attempts" ("version_id", "lesson");
-- create "certificates" table
CREATE TABLE "certificates" ("id" character varying NOT NULL, "version_id" character varying NOT NULL, "number" character varying NOT NULL, "code" character varying NOT NULL, "title" jsonb NOT NULL, "holder" character varying NOT NULL, "shown" character varying NOT NULL DEFAULT 'INITIALS', "issued_at" timestamptz NOT NULL, "expires_at" timestamptz NULL, "revoked_at" timestamptz NULL, "revocation" character varying NULL, "reminded" bigint NULL, "subject" character varying NOT NULL, "salt" character varying NOT NULL, "place" bigint NOT NULL, "version" bigint NOT NULL DEFAULT 1, "organization_id" character varying NOT NULL, "user_id" character varying NULL, "course_id" character varying NOT NULL, "enrollment_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "certificates_courses_course" FOREIGN KEY ("course_id") REFERENCES "courses" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "certificates_enrollments_enrollment" FOREIGN KEY ("enrollment_id") REFERENCES "enrollments" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "certificates_organizations_organization" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "certificates_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "certificate_code" to table: "certificates"
CREATE UNIQUE INDEX "certificate_code" ON "certificates" ("code");
-- create index "certificate_course_id_organization_id" to table: "certificates"
CREATE INDEX "certificate_course_id_organization_id" ON "certificates" ("course_id", "organization_id");
-- create index "certificate_enrollment_id" to table: "certificates"
CREATE UNIQUE INDEX "certificate_enrollment_id" ON "certificates" ("enrollment_id");
-- create index "certificate_expires_at" to table: "certificates"
CREATE INDEX "certificate_expires_at" ON "certificates" ("expires_at");
-- create index "certificate_issued_at_id" to table: "certificates"
CREATE INDEX "certificate_issued_at_id" ON "certificates" ("issued_at", "id");
-- create index "certificate_number" to table: "certificates"
CREATE UNIQUE INDEX "certificate_number" ON "certificates" ("number");
-- create index "certificate_organization_id" to table: "certificates"
CREATE INDEX "certificate_organization_id" ON "certificates" ("organization_id");
-- create index "certificate_organization_id_issued_at_id" to table: "certificates"
CREATE INDEX "certificate_organization_id_issued_at_id" ON "certificates" ("organization_id", "issued_at", "id");
-- create index "certificate_user_id" to table: "certificates"
CREATE INDEX "certificate_user_id" ON "certificates" ("user_id");
-- create index "certificate_place" to table: "certificates"
CREATE UNIQUE INDEX "certificate_place" ON "certificates" ("place");
-- create index "certificate_version_id" to table: "certificates"
CREATE INDEX "certificate_version_id" ON "certificates" ("version_id");
-- create "submissions" table
CREATE TABLE "submissions" ("id" character varying NOT NULL, "organization_id" character varying NOT NULL, "course_id" character varying NOT NULL, "version_id" character varying NOT NULL, "lesson" character varying NOT NULL, "number" bigint NOT NULL, "text" text NULL, "status" character varying NOT NULL DEFAULT 'SUBMITTED', "scores" jsonb NULL, "comment" text NULL, "grader_id" character varying NULL, "submitted_at" timestamptz NOT NULL, "graded_at" timestamptz NULL, "version" bigint NOT NULL DEFAULT 1, "enrollment_id" character varying NOT NULL, "user_id" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "submissions_enrollments_enrollment" FOREIGN KEY ("enrollment_id") REFERENCES "enrollments" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "submissions_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "submission_course_id" to table: "submissions"
CREATE INDEX "submission_course_id" ON "submissions" ("course_id");
-- create index "submission_enrollment_id_lesson_number" to table: "submissions"
CREATE UNIQUE INDEX "submission_enrollment_id_lesson_number" ON "submissions" ("enrollment_id", "lesson", "number");
-- create index "submission_organization_id" to table: "submissions"
CREATE INDEX "submission_organization_id" ON "submissions" ("organization_id");
-- create index "submission_organization_id_submitted_at_id" to table: "submissions"
CREATE INDEX "submission_organization_id_submitted_at_id" ON "submissions" ("organization_id", "submitted_at", "id");
-- create index "submission_status_submitted_at" to table: "submissions"
CREATE INDEX "submission_status_submitted_at" ON "submissions" ("status", "submitted_at");
-- create index "submission_submitted_at_id" to table: "submissions"
CREATE INDEX "submission_submitted_at_id" ON "submissions" ("submitted_at", "id");
-- create index "submission_user_id" to table: "submissions"
CREATE INDEX "submission_user_id" ON "submissions" ("user_id");
-- modify "files" table
ALTER TABLE "files" ADD COLUMN "submission_id" character varying NULL, ADD COLUMN "course_id" character varying NULL, ADD CONSTRAINT "files_courses_course" FOREIGN KEY ("course_id") REFERENCES "courses" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, ADD CONSTRAINT "files_submissions_submission" FOREIGN KEY ("submission_id") REFERENCES "submissions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- create index "file_course_id" to table: "files"
CREATE INDEX "file_course_id" ON "files" ("course_id");
-- create index "file_submission_id" to table: "files"
CREATE INDEX "file_submission_id" ON "files" ("submission_id");
-- create "training_requirements" table
CREATE TABLE "training_requirements" ("id" character varying NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "roles" jsonb NULL, "people" jsonb NULL, "due_at" timestamptz NULL, "due_days" bigint NULL, "enroll" boolean NOT NULL DEFAULT false, "version" bigint NOT NULL DEFAULT 1, "organization_id" character varying NOT NULL, "course_id" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "training_requirements_courses_course" FOREIGN KEY ("course_id") REFERENCES "courses" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "training_requirements_organizations_organization" FOREIGN KEY ("organization_id") REFERENCES "organizations" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "trainingrequirement_course_id" to table: "training_requirements"
CREATE INDEX "trainingrequirement_course_id" ON "training_requirements" ("course_id");
-- create index "trainingrequirement_organization_id_course_id" to table: "training_requirements"
CREATE UNIQUE INDEX "trainingrequirement_organization_id_course_id" ON "training_requirements" ("organization_id", "course_id");
-- portal/training: for whom a course is that is not for everybody, by the id of an
-- organization or of a segment. Source is a product when it is for its owners.
CREATE TABLE "course_audiences" (
  "audience_id" character varying NOT NULL,
  "course_id" character varying NOT NULL,
  "source" character varying NOT NULL DEFAULT '',
  PRIMARY KEY ("audience_id", "course_id", "source")
);
CREATE INDEX "course_audiences_course_id" ON "course_audiences" ("course_id");
-- whose row is held by whoever gives places of a course away
CREATE TABLE "course_turns" (
  "course_id" character varying NOT NULL PRIMARY KEY,
  "turn" bigint NOT NULL DEFAULT 0
);
-- the products whose owners a course is for
CREATE TABLE "course_owners" (
  "course_id" character varying NOT NULL,
  "product_id" character varying NOT NULL,
  PRIMARY KEY ("product_id", "course_id")
);
-- the keys by which badges are signed, kept after they were replaced
CREATE TABLE "badge_keys" (
  "id" character varying NOT NULL PRIMARY KEY,
  "public" text NOT NULL,
  "sealed" text NOT NULL,
  "created_at" timestamptz NOT NULL,
  "retired_at" timestamptz NULL
);
-- the next place in the list of revoked certificates
CREATE SEQUENCE certificate_places;
-- statements that wait to be sent to a learning record store
CREATE TABLE "learning_statements" (
  "id" character varying NOT NULL PRIMARY KEY,
  "statement" text NOT NULL,
  "created_at" timestamptz NOT NULL,
  "refused" boolean NOT NULL DEFAULT false,
  "sent_at" timestamptz NULL
);
CREATE INDEX "learning_statements_sent_at" ON "learning_statements" ("sent_at", "created_at");

-- +goose Down
DROP SEQUENCE certificate_places;
-- reverse: create index "certificate_place" to table: "certificates"
DROP INDEX "certificate_place";
DROP TABLE "learning_statements";
DROP TABLE "badge_keys";
DROP TABLE "course_owners";
DROP TABLE "course_turns";
DROP TABLE "course_audiences";
-- reverse: create index "trainingrequirement_organization_id_course_id" to table: "training_requirements"
DROP INDEX "trainingrequirement_organization_id_course_id";
-- reverse: create index "trainingrequirement_course_id" to table: "training_requirements"
DROP INDEX "trainingrequirement_course_id";
-- reverse: create "training_requirements" table
DROP TABLE "training_requirements";
-- reverse: create index "file_submission_id" to table: "files"
DROP INDEX "file_submission_id";
-- reverse: create index "file_course_id" to table: "files"
DROP INDEX "file_course_id";
-- reverse: modify "files" table
ALTER TABLE "files" DROP CONSTRAINT "files_submissions_submission", DROP CONSTRAINT "files_courses_course", DROP COLUMN "course_id", DROP COLUMN "submission_id";
-- reverse: create index "submission_user_id" to table: "submissions"
DROP INDEX "submission_user_id";
-- reverse: create index "submission_submitted_at_id" to table: "submissions"
DROP INDEX "submission_submitted_at_id";
-- reverse: create index "submission_status_submitted_at" to table: "submissions"
DROP INDEX "submission_status_submitted_at";
-- reverse: create index "submission_organization_id_submitted_at_id" to table: "submissions"
DROP INDEX "submission_organization_id_submitted_at_id";
-- reverse: create index "submission_organization_id" to table: "submissions"
DROP INDEX "submission_organization_id";
-- reverse: create index "submission_enrollment_id_lesson_number" to table: "submissions"
DROP INDEX "submission_enrollment_id_lesson_number";
-- reverse: create index "submission_course_id" to table: "submissions"
DROP INDEX "submission_course_id";
-- reverse: create "submissions" table
DROP TABLE "submissions";
-- reverse: create index "certificate_version_id" to table: "certificates"
DROP INDEX "certificate_version_id";
-- reverse: create index "certificate_user_id" to table: "certificates"
DROP INDEX "certificate_user_id";
-- reverse: create index "certificate_organization_id_issued_at_id" to table: "certificates"
DROP INDEX "certificate_organization_id_issued_at_id";
-- reverse: create index "certificate_organization_id" to table: "certificates"
DROP INDEX "certificate_organization_id";
-- reverse: create index "certificate_number" to table: "certificates"
DROP INDEX "certificate_number";
-- reverse: create index "certificate_issued_at_id" to table: "certificates"
DROP INDEX "certificate_issued_at_id";
-- reverse: create index "certificate_expires_at" to table: "certificates"
DROP INDEX "certificate_expires_at";
-- reverse: create index "certificate_enrollment_id" to table: "certificates"
DROP INDEX "certificate_enrollment_id";
-- reverse: create index "certificate_course_id_organization_id" to table: "certificates"
DROP INDEX "certificate_course_id_organization_id";
-- reverse: create index "certificate_code" to table: "certificates"
DROP INDEX "certificate_code";
-- reverse: create "certificates" table
DROP TABLE "certificates";
-- reverse: create index "attempt_version_id_lesson" to table: "attempts"
DROP INDEX "attempt_version_id_lesson";
-- reverse: create index "attempt_user_id" to table: "attempts"
DROP INDEX "attempt_user_id";
-- reverse: create index "attempt_status_ends_at" to table: "attempts"
DROP INDEX "attempt_status_ends_at";
-- reverse: create index "attempt_organization_id" to table: "attempts"
DROP INDEX "attempt_organization_id";
-- reverse: create index "attempt_enrollment_id_lesson_number" to table: "attempts"
DROP INDEX "attempt_enrollment_id_lesson_number";
-- reverse: create "attempts" table
DROP TABLE "attempts";
-- reverse: create index "enrollment_version_id" to table: "enrollments"
DROP INDEX "enrollment_version_id";
-- reverse: create index "enrollment_user_id_organization_id" to table: "enrollments"
DROP INDEX "enrollment_user_id_organization_id";
-- reverse: create index "enrollment_user_id" to table: "enrollments"
DROP INDEX "enrollment_user_id";
-- reverse: create index "enrollment_status" to table: "enrollments"
DROP INDEX "enrollment_status";
-- reverse: create index "enrollment_organization_id_enrolled_at_id" to table: "enrollments"
DROP INDEX "enrollment_organization_id_enrolled_at_id";
-- reverse: create index "enrollment_organization_id" to table: "enrollments"
DROP INDEX "enrollment_organization_id";
-- reverse: create index "enrollment_enrolled_at_id" to table: "enrollments"
DROP INDEX "enrollment_enrolled_at_id";
-- reverse: create index "enrollment_due_at" to table: "enrollments"
DROP INDEX "enrollment_due_at";
-- reverse: create index "enrollment_course_id_status_enrolled_at" to table: "enrollments"
DROP INDEX "enrollment_course_id_status_enrolled_at";
-- reverse: create index "enrollment_course_id_organization_id_user_id_slot" to table: "enrollments"
DROP INDEX "enrollment_course_id_organization_id_user_id_slot";
-- reverse: create "enrollments" table
DROP TABLE "enrollments";
-- reverse: create index "courseversion_course_id_number" to table: "course_versions"
DROP INDEX "courseversion_course_id_number";
-- reverse: create "course_versions" table
DROP TABLE "course_versions";
-- reverse: create index "course_variant_id" to table: "courses"
DROP INDEX "course_variant_id";
-- reverse: create index "course_status" to table: "courses"
DROP INDEX "course_status";
-- reverse: create index "course_name_id" to table: "courses"
DROP INDEX "course_name_id";
-- reverse: create index "course_key" to table: "courses"
DROP INDEX "course_key";
-- reverse: create "courses" table
DROP TABLE "courses";
