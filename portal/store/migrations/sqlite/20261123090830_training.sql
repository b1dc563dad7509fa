-- +goose Up
-- create "attempts" table
CREATE TABLE `attempts` (`id` text NOT NULL, `organization_id` text NOT NULL, `user_id` text NULL, `version_id` text NOT NULL, `lesson` text NOT NULL, `number` integer NOT NULL, `status` text NOT NULL DEFAULT ('OPEN'), `questions` json NOT NULL, `started_at` datetime NOT NULL, `ends_at` datetime NULL, `submitted_at` datetime NULL, `points` integer NULL, `max_points` integer NOT NULL DEFAULT (0), `passed` bool NULL, `regraded` bool NOT NULL DEFAULT (false), `version` integer NOT NULL DEFAULT (1), `enrollment_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `attempts_enrollments_enrollment` FOREIGN KEY (`enrollment_id`) REFERENCES `enrollments` (`id`) ON DELETE NO ACTION);
-- create index "attempt_organization_id" to table: "attempts"
CREATE INDEX `attempt_organization_id` ON `attempts` (`organization_id`);
-- create index "attempt_user_id" to table: "attempts"
CREATE INDEX `attempt_user_id` ON `attempts` (`user_id`);
-- create index "attempt_enrollment_id_lesson_number" to table: "attempts"
CREATE UNIQUE INDEX `attempt_enrollment_id_lesson_number` ON `attempts` (`enrollment_id`, `lesson`, `number`);
-- create index "attempt_version_id_lesson" to table: "attempts"
CREATE INDEX `attempt_version_id_lesson` ON `attempts` (`version_id`, `lesson`);
-- create index "attempt_status_ends_at" to table: "attempts"
CREATE INDEX `attempt_status_ends_at` ON `attempts` (`status`, `ends_at`);
-- create "certificates" table
CREATE TABLE `certificates` (`id` text NOT NULL, `version_id` text NOT NULL, `number` text NOT NULL, `code` text NOT NULL, `title` json NOT NULL, `holder` text NOT NULL, `shown` text NOT NULL DEFAULT ('INITIALS'), `issued_at` datetime NOT NULL, `expires_at` datetime NULL, `revoked_at` datetime NULL, `revocation` text NULL, `reminded` integer NULL, `subject` text NOT NULL, `salt` text NOT NULL, `place` integer NOT NULL, `version` integer NOT NULL DEFAULT (1), `organization_id` text NOT NULL, `user_id` text NULL, `course_id` text NOT NULL, `enrollment_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `certificates_organizations_organization` FOREIGN KEY (`organization_id`) REFERENCES `organizations` (`id`) ON DELETE NO ACTION, CONSTRAINT `certificates_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION, CONSTRAINT `certificates_courses_course` FOREIGN KEY (`course_id`) REFERENCES `courses` (`id`) ON DELETE NO ACTION, CONSTRAINT `certificates_enrollments_enrollment` FOREIGN KEY (`enrollment_id`) REFERENCES `enrollments` (`id`) ON DELETE NO ACTION);
-- create index "certificate_organization_id" to table: "certificates"
CREATE INDEX `certificate_organization_id` ON `certificates` (`organization_id`);
-- create index "certificate_user_id" to table: "certificates"
CREATE INDEX `certificate_user_id` ON `certificates` (`user_id`);
-- create index "certificate_enrollment_id" to table: "certificates"
CREATE UNIQUE INDEX `certificate_enrollment_id` ON `certificates` (`enrollment_id`);
-- create index "certificate_number" to table: "certificates"
CREATE UNIQUE INDEX `certificate_number` ON `certificates` (`number`);
-- create index "certificate_code" to table: "certificates"
CREATE UNIQUE INDEX `certificate_code` ON `certificates` (`code`);
-- create index "certificate_place" to table: "certificates"
CREATE UNIQUE INDEX `certificate_place` ON `certificates` (`place`);
-- create index "certificate_issued_at_id" to table: "certificates"
CREATE INDEX `certificate_issued_at_id` ON `certificates` (`issued_at`, `id`);
-- create index "certificate_expires_at" to table: "certificates"
CREATE INDEX `certificate_expires_at` ON `certificates` (`expires_at`);
-- create index "certificate_course_id_organization_id" to table: "certificates"
CREATE INDEX `certificate_course_id_organization_id` ON `certificates` (`course_id`, `organization_id`);
-- create index "certificate_organization_id_issued_at_id" to table: "certificates"
CREATE INDEX `certificate_organization_id_issued_at_id` ON `certificates` (`organization_id`, `issued_at`, `id`);
-- create index "certificate_version_id" to table: "certificates"
CREATE INDEX `certificate_version_id` ON `certificates` (`version_id`);
-- create "courses" table
CREATE TABLE `courses` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `key` text NOT NULL, `status` text NOT NULL DEFAULT ('DRAFT'), `name` text NOT NULL, `draft` json NOT NULL, `latest` integer NOT NULL DEFAULT (0), `restricted` bool NOT NULL DEFAULT (false), `seats` integer NULL, `rules` json NOT NULL, `version` integer NOT NULL DEFAULT (1), `variant_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `courses_product_variants_variant` FOREIGN KEY (`variant_id`) REFERENCES `product_variants` (`id`) ON DELETE NO ACTION);
-- create index "course_key" to table: "courses"
CREATE UNIQUE INDEX `course_key` ON `courses` (`key`);
-- create index "course_name_id" to table: "courses"
CREATE INDEX `course_name_id` ON `courses` (`name`, `id`);
-- create index "course_status" to table: "courses"
CREATE INDEX `course_status` ON `courses` (`status`);
-- create index "course_variant_id" to table: "courses"
CREATE INDEX `course_variant_id` ON `courses` (`variant_id`);
-- create "course_versions" table
CREATE TABLE `course_versions` (`id` text NOT NULL, `number` integer NOT NULL, `document` json NOT NULL, `checksum` text NOT NULL, `corrections` json NULL, `recertify_days` integer NULL, `note` text NULL, `published_at` datetime NOT NULL, `course_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `course_versions_courses_course` FOREIGN KEY (`course_id`) REFERENCES `courses` (`id`) ON DELETE NO ACTION);
-- create index "courseversion_course_id_number" to table: "course_versions"
CREATE UNIQUE INDEX `courseversion_course_id_number` ON `course_versions` (`course_id`, `number`);
-- create "enrollments" table
CREATE TABLE `enrollments` (`id` text NOT NULL, `slot` text NOT NULL, `status` text NOT NULL DEFAULT ('ACTIVE'), `origin` text NOT NULL DEFAULT ('SELF'), `bought` bool NOT NULL DEFAULT (false), `due_at` datetime NULL, `percent` integer NOT NULL DEFAULT (0), `done` integer NOT NULL DEFAULT (0), `next` text NULL, `lessons` json NULL, `seconds` integer NOT NULL DEFAULT (0), `learned` blob NULL, `marks` json NULL, `reminded` integer NULL, `enrolled_at` datetime NOT NULL, `active_at` datetime NULL, `started_at` datetime NULL, `learned_at` datetime NULL, `completed_at` datetime NULL, `reason` text NULL, `rating` integer NULL, `feedback` text NULL, `version` integer NOT NULL DEFAULT (1), `organization_id` text NOT NULL, `user_id` text NULL, `course_id` text NOT NULL, `version_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `enrollments_organizations_organization` FOREIGN KEY (`organization_id`) REFERENCES `organizations` (`id`) ON DELETE NO ACTION, CONSTRAINT `enrollments_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION, CONSTRAINT `enrollments_courses_course` FOREIGN KEY (`course_id`) REFERENCES `courses` (`id`) ON DELETE NO ACTION, CONSTRAINT `enrollments_course_versions_course_version` FOREIGN KEY (`version_id`) REFERENCES `course_versions` (`id`) ON DELETE NO ACTION);
-- create index "enrollment_organization_id" to table: "enrollments"
CREATE INDEX `enrollment_organization_id` ON `enrollments` (`organization_id`);
-- create index "enrollment_user_id" to table: "enrollments"
CREATE INDEX `enrollment_user_id` ON `enrollments` (`user_id`);
-- create index "enrollment_course_id_organization_id_user_id_slot" to table: "enrollments"
CREATE UNIQUE INDEX `enrollment_course_id_organization_id_user_id_slot` ON `enrollments` (`course_id`, `organization_id`, `user_id`, `slot`);
-- create index "enrollment_course_id_status_enrolled_at" to table: "enrollments"
CREATE INDEX `enrollment_course_id_status_enrolled_at` ON `enrollments` (`course_id`, `status`, `enrolled_at`);
-- create index "enrollment_user_id_organization_id" to table: "enrollments"
CREATE INDEX `enrollment_user_id_organization_id` ON `enrollments` (`user_id`, `organization_id`);
-- create index "enrollment_organization_id_enrolled_at_id" to table: "enrollments"
CREATE INDEX `enrollment_organization_id_enrolled_at_id` ON `enrollments` (`organization_id`, `enrolled_at`, `id`);
-- create index "enrollment_enrolled_at_id" to table: "enrollments"
CREATE INDEX `enrollment_enrolled_at_id` ON `enrollments` (`enrolled_at`, `id`);
-- create index "enrollment_version_id" to table: "enrollments"
CREATE INDEX `enrollment_version_id` ON `enrollments` (`version_id`);
-- create index "enrollment_status" to table: "enrollments"
CREATE INDEX `enrollment_status` ON `enrollments` (`status`);
-- create index "enrollment_due_at" to table: "enrollments"
CREATE INDEX `enrollment_due_at` ON `enrollments` (`due_at`);
-- create "submissions" table
CREATE TABLE `submissions` (`id` text NOT NULL, `organization_id` text NOT NULL, `course_id` text NOT NULL, `version_id` text NOT NULL, `lesson` text NOT NULL, `number` integer NOT NULL, `text` text NULL, `status` text NOT NULL DEFAULT ('SUBMITTED'), `scores` json NULL, `comment` text NULL, `grader_id` text NULL, `submitted_at` datetime NOT NULL, `graded_at` datetime NULL, `version` integer NOT NULL DEFAULT (1), `enrollment_id` text NOT NULL, `user_id` text NULL, PRIMARY KEY (`id`), CONSTRAINT `submissions_enrollments_enrollment` FOREIGN KEY (`enrollment_id`) REFERENCES `enrollments` (`id`) ON DELETE NO ACTION, CONSTRAINT `submissions_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION);
-- create index "submission_organization_id" to table: "submissions"
CREATE INDEX `submission_organization_id` ON `submissions` (`organization_id`);
-- create index "submission_user_id" to table: "submissions"
CREATE INDEX `submission_user_id` ON `submissions` (`user_id`);
-- create index "submission_enrollment_id_lesson_number" to table: "submissions"
CREATE UNIQUE INDEX `submission_enrollment_id_lesson_number` ON `submissions` (`enrollment_id`, `lesson`, `number`);
-- create index "submission_status_submitted_at" to table: "submissions"
CREATE INDEX `submission_status_submitted_at` ON `submissions` (`status`, `submitted_at`);
-- create index "submission_submitted_at_id" to table: "submissions"
CREATE INDEX `submission_submitted_at_id` ON `submissions` (`submitted_at`, `id`);
-- create index "submission_course_id" to table: "submissions"
CREATE INDEX `submission_course_id` ON `submissions` (`course_id`);
-- create index "submission_organization_id_submitted_at_id" to table: "submissions"
CREATE INDEX `submission_organization_id_submitted_at_id` ON `submissions` (`organization_id`, `submitted_at`, `id`);
-- create "training_requirements" table
CREATE TABLE `training_requirements` (`id` text NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `roles` json NULL, `people` json NULL, `due_at` datetime NULL, `due_days` integer NULL, `enroll` bool NOT NULL DEFAULT (false), `version` integer NOT NULL DEFAULT (1), `organization_id` text NOT NULL, `course_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `training_requirements_organizations_organization` FOREIGN KEY (`organization_id`) REFERENCES `organizations` (`id`) ON DELETE NO ACTION, CONSTRAINT `training_requirements_courses_course` FOREIGN KEY (`course_id`) REFERENCES `courses` (`id`) ON DELETE NO ACTION);
-- create index "trainingrequirement_organization_id_course_id" to table: "training_requirements"
CREATE UNIQUE INDEX `trainingrequirement_organization_id_course_id` ON `training_requirements` (`organization_id`, `course_id`);
-- create index "trainingrequirement_course_id" to table: "training_requirements"
CREATE INDEX `trainingrequirement_course_id` ON `training_requirements` (`course_id`);
-- add columns to "files"
ALTER TABLE `files` ADD COLUMN `submission_id` text NULL CONSTRAINT `files_submissions_submission` REFERENCES `submissions` (`id`) ON DELETE NO ACTION;
ALTER TABLE `files` ADD COLUMN `course_id` text NULL CONSTRAINT `files_courses_course` REFERENCES `courses` (`id`) ON DELETE NO ACTION;
-- create index "file_submission_id" to table: "files"
CREATE INDEX `file_submission_id` ON `files` (`submission_id`);
-- create index "file_course_id" to table: "files"
CREATE INDEX `file_course_id` ON `files` (`course_id`);
-- portal/training: for whom a course is that is not for everybody, by the id of an
-- organization or of a segment. Source is a product when it is for its owners.
CREATE TABLE `course_audiences` (
  `audience_id` text NOT NULL,
  `course_id` text NOT NULL,
  `source` text NOT NULL DEFAULT '',
  PRIMARY KEY (`audience_id`, `course_id`, `source`)
);
CREATE INDEX `course_audiences_course_id` ON `course_audiences` (`course_id`);
-- whose row is held by whoever gives places of a course away
CREATE TABLE `course_turns` (
  `course_id` text NOT NULL PRIMARY KEY,
  `turn` integer NOT NULL DEFAULT 0
);
-- the products whose owners a course is for
CREATE TABLE `course_owners` (
  `course_id` text NOT NULL,
  `product_id` text NOT NULL,
  PRIMARY KEY (`product_id`, `course_id`)
);
-- the keys by which badges are signed, kept after they were replaced
CREATE TABLE `badge_keys` (
  `id` text NOT NULL PRIMARY KEY,
  `public` text NOT NULL,
  `sealed` text NOT NULL,
  `created_at` datetime NOT NULL,
  `retired_at` datetime NULL
);
-- the next place in the list of revoked certificates
INSERT INTO `counters` (`name`, `value`) VALUES ('certificate_place', 0);
-- statements that wait to be sent to a learning record store
CREATE TABLE `learning_statements` (
  `id` text NOT NULL PRIMARY KEY,
  `statement` text NOT NULL,
  `created_at` datetime NOT NULL,
  `refused` boolean NOT NULL DEFAULT false,
  `sent_at` datetime NULL
);
CREATE INDEX `learning_statements_sent_at` ON `learning_statements` (`sent_at`, `created_at`);

-- +goose Down
DELETE FROM `counters` WHERE `name` = 'certificate_place';
DROP TABLE `learning_statements`;
DROP TABLE `badge_keys`;
DROP TABLE `course_owners`;
DROP TABLE `course_turns`;
DROP TABLE `course_audiences`;
DROP INDEX `file_course_id`;
DROP INDEX `file_submission_id`;
ALTER TABLE `files` DROP COLUMN `course_id`;
ALTER TABLE `files` DROP COLUMN `submission_id`;
DROP TABLE `training_requirements`;
DROP TABLE `certificates`;
DROP TABLE `attempts`;
DROP TABLE `submissions`;
DROP TABLE `enrollments`;
DROP TABLE `course_versions`;
DROP TABLE `courses`;
