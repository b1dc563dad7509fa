package graph_test

import (
	"maps"
	"time"

	"foyer/schema/gid"
	"foyer/testkit"
	"foyer/testkit/world"
)

func init() {
	maps.Copy(edges, map[string][2]string{
		"Course.variant": {"fk", "variant_id"}, "Course.current": {"course_id", ""}, "Course.versions": {"course_id", ""}, // of which the world has one each
		"Course.enrollment": {elsewhere, "TestLearning"}, "CourseVersion.course": {"fk", "course_id"}, "CourseVersion.supersededBy": {elsewhere, "TestCourseLife"},
		"Enrollment.organization": {"fk", "organization_id"}, "Enrollment.user": {"fk", "user_id"}, "Enrollment.course": {"fk", "course_id"},
		"Enrollment.certificate": {"enrollment_id", ""}, "Attempt.enrollment": {"fk", "enrollment_id"},
		"Submission.enrollment": {"fk", "enrollment_id"}, "Submission.user": {"fk", "user_id"}, "Submission.files": {elsewhere, "TestWorkHandedIn"},
		"Certificate.organization": {"fk", "organization_id"}, "Certificate.user": {"fk", "user_id"}, "Certificate.course": {"fk", "course_id"},
		"Certificate.enrollment": {"fk", "enrollment_id"}, "TrainingRequirement.organization": {"fk", "organization_id"}, "TrainingRequirement.course": {"fk", "course_id"},
		"TrainingRequirement.roles": {elsewhere, "TestRequirements"}, "TrainingRequirement.people": {elsewhere, "TestRequirements"},
		"Notification.enrollment": {elsewhere, "TestWhatIsToldOfTraining"}, "Notification.submission": {elsewhere, "TestTrainersHearOfWork"},
	})
	maps.Copy(attempts, map[string]attempt{
		"saveCourse": {"course.save", "Course", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "seats": 12}
		}},
		"addCourseFile": {"course.save", "", func(f *testkit.Foyer, _ gid.ID, _ int) map[string]any {
			return map[string]any{"courseId": f.World.Courses[world.CourseOfPresses].ID, "uploadId": gid.New(gid.Upload)}
		}},
		"reviewCourse": {"course.save", "Course", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "isReady": true}
		}},
		"publishCourse": {"course.publish", "Course", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "note": "news"}
		}},
		"retireCourse": {"course.publish", "Course", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v}
		}},
		"correctQuestion": {"course.regrade", "CourseVersion", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"versionId": id, "lesson": "exam", "question": "who", "isVoid": true, "expected": 1}
		}},
		"enroll": {"enrollment.learn", "", func(f *testkit.Foyer, _ gid.ID, _ int) map[string]any {
			return map[string]any{"courseId": f.World.Courses[world.CourseOfPresses].ID}
		}},
		"enrollPeople": {"enrollment.create", "", func(f *testkit.Foyer, _ gid.ID, _ int) map[string]any { // aimed at people in TestEnrollPeople
			return map[string]any{"courseId": f.World.Courses[world.CourseOfPresses].ID, "userIds": []any{}}
		}},
		"withdrawEnrollment": {"enrollment.withdraw", "Enrollment", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"id": id, "reason": "no time"}
		}},
		"setEnrollmentDue": {"enrollment.due", "Enrollment", func(f *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "dueAt": f.World.Now.AddDate(0, 1, 0).Format(time.RFC3339)}
		}},
		"recordLearning": {"enrollment.learn", "", func(f *testkit.Foyer, _ gid.ID, _ int) map[string]any {
			now := f.World.Now.Format(time.RFC3339)
			return map[string]any{"sentAt": now, "events": []any{
				map[string]any{"id": "e1", "enrollmentId": f.World.Enrollments[world.OrderOfAdmin].ID, "lesson": "intro", "kind": "OPENED", "at": now},
			}}
		}},
		"rateCourse": {"enrollment.rate", "Enrollment", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"enrollmentId": id, "rating": 4, "feedback": "fine"}
		}},
		"markLesson": {"enrollment.mark", "Enrollment", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"enrollmentId": id, "lesson": "work"}
		}},
		"moveEnrollment": {"enrollment.move", "Enrollment", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"id": id}
		}},
		"startAttempt": {"attempt.take", "Enrollment", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"enrollmentId": id, "lesson": "exam"}
		}},
		"saveAnswers": {"attempt.take", "Attempt", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"attemptId": id, "version": v, "answers": []any{}}
		}},
		"submitAttempt": {"attempt.take", "Attempt", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"attemptId": id, "version": v}
		}},
		"submitAssignment": {"submission.create", "Enrollment", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"enrollmentId": id, "lesson": "work", "text": "done"}
		}},
		"gradeSubmission": {"submission.grade", "Submission", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "scores": []any{map[string]any{"key": "clean", "points": 1}, map[string]any{"key": "safe", "points": 1}}}
		}},
		"showCertificate": {"certificate.show", "Certificate", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "shown": "NAME"}
		}},
		"revokeCertificate": {"certificate.revoke", "Certificate", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "reason": "by mistake"}
		}},
		"saveTrainingRequirement": {"trainingRequirement.save", "TrainingRequirement", func(_ *testkit.Foyer, id gid.ID, v int) map[string]any {
			return map[string]any{"id": id, "version": v, "roles": []any{"ORG_BUYER"}, "dueDays": 30}
		}},
		"deleteTrainingRequirement": {"trainingRequirement.delete", "TrainingRequirement", func(_ *testkit.Foyer, id gid.ID, _ int) map[string]any {
			return map[string]any{"id": id}
		}},
	})
	moreGuesses = append(moreGuesses, func(f *testkit.Foyer) map[string][]guess {
		w := f.World
		south, nobody := w.Users[world.OrderOfSouth].ID, gid.New(gid.User)
		org, noOrg := w.South.ID, gid.New(gid.Organization)
		secret, none := w.Courses[world.CourseOfSouth].ID, gid.New(gid.Course)
		return map[string][]guess{
			"CourseFilter.status":              {{[]string{"DRAFT"}, []string{"REVIEW"}}},
			"CourseFilter.search":              {{"Southern", "Northern"}, {"Never public", "Never known"}, {"%outher", "%ortherx"}},
			"EnrollmentFilter.status":          {{[]string{"WITHDRAWN"}, []string{"WAITING"}}},
			"EnrollmentFilter.courseId":        {{secret, none}},
			"EnrollmentFilter.organizationId":  {{org, noOrg}},
			"EnrollmentFilter.userId":          {{south, nobody}},
			"EnrollmentFilter.dueBefore":       {{"2150-01-01T00:00:00Z", "1990-01-01T00:00:00Z"}},
			"SubmissionFilter.status":          {{[]string{"PASSED"}, []string{"RETURNED"}}},
			"SubmissionFilter.courseId":        {{secret, none}},
			"CertificateFilter.courseId":       {{secret, none}},
			"CertificateFilter.organizationId": {{org, noOrg}},
			"CertificateFilter.userId":         {{south, nobody}},
			"CertificateFilter.isValid":        {{false, false}},
			"CertificateFilter.expiresBefore":  {{"1999-01-01T00:00:00Z", "1990-01-01T00:00:00Z"}},
		}
	})
}
