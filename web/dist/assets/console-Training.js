const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["./console-Courses.js","./rolldown-runtime.js","./react.js","./mantine.js","./NativeSelect.js","./graphql.js","./kit.js","./start.js","./icons.js","./search.js","./table.js","./parts2.js","./parts.css","./models.css","./console-Course.js","./draft.js","./console-Learners.js","./ExportButton.js","./IconUserPlus.js","./OrganizationPicker.js","./Picker.js","./Picker.css","./CoursePicker.js","./console-Learner.js","./Textarea.js","./days.js","./IconLock.js","./work2.js","./console-Submissions.js","./IconChecks.js","./console-Submission.js","./IconPaperclip.js","./console-Certificates.js"])))=>i.map(i=>d[i]);
import{r as e}from"./rolldown-runtime.js";import{f as t,i as n,o as r,u as i}from"./react.js";import{F as a,b as o,dt as s}from"./kit.js";import{t as c}from"./start.js";var l=e(t(),1);s({types:`attempt.read Attempt
certificate.read Certificate
courseVersion.read CourseVersion`,fields:`Enrollment Attempt.enrollment Certificate.enrollment EnrollmentEdge.node EnrollmentPayload.enrollment Query.enrollment Submission.enrollment
Organization Certificate.organization CourseAudience.organizations Enrollment.organization
CertificateEdge CertificateConnection.edges
Certificate CertificateEdge.node CertificatePayload.certificate Enrollment.certificate
CourseVersion CorrectQuestionPayload.courseVersion Course.current Course.versions
ProductVariant Course.variant
CoursePrerequisite Course.prerequisites
CourseAudience Course.audience
CourseRules Course.rules
Segment CourseAudience.segments
Product CourseAudience.owners CourseRules.products CourseRules.requiredFor
CourseEdge CourseConnection.edges
Course CourseEdge.node CoursePayload.course CoursePrerequisite.course Query.course
User Enrollment.user Submission.user
EnrollmentEdge EnrollmentConnection.edges
CertificatePayload Mutation.revokeCertificate
CoursePayload Mutation.saveCourse Mutation.reviewCourse Mutation.publishCourse Mutation.retireCourse
EnrollmentPayload Mutation.withdrawEnrollment Mutation.setEnrollmentDue Mutation.markLesson Mutation.moveEnrollment
CorrectQuestionPayload Mutation.correctQuestion
SubmissionPayload Mutation.gradeSubmission
CertificateConnection Query.certificates
CourseConnection Query.courses
EnrollmentConnection Query.enrollments
RegradePreview Query.previewCorrection
SubmissionConnection Query.submissions
Attempt RegradeChange.attempt
RegradeChange RegradePreview.changes
File Submission.files
SubmissionEdge SubmissionConnection.edges
Submission SubmissionEdge.node SubmissionPayload.submission`,closed:`people.names Certificate.holder Enrollment.user Submission.user
certificate.read CertificatePayload.certificate Enrollment.certificate Query.certificates
training.staff Course.status Course.restricted Course.version Course.draft Course.isChanged Course.problems Course.versions Course.audience Course.seats Course.rules CourseVersion.note CourseVersion.document CourseVersion.corrections
courseVersion.read Course.current
training.figures Course.learners Course.figures CourseVersion.learners
certificate.revoke Mutation.revokeCertificate
course.save Mutation.saveCourse Mutation.reviewCourse Mutation.addCourseFile Query.checkCourse Query.renderMarkdown
course.publish Mutation.publishCourse Mutation.retireCourse
enrollment.withdraw Mutation.withdrawEnrollment
enrollment.due Mutation.setEnrollmentDue
enrollment.mark Mutation.markLesson
enrollment.move Mutation.moveEnrollment
course.regrade Mutation.correctQuestion Query.previewCorrection
submission.grade Mutation.gradeSubmission
course.read Query.course Query.courses
enrollment.read Query.enrollment Query.enrollments
submission.read Query.submissions SubmissionPayload.submission
attempt.read RegradeChange.attempt
file.read Submission.files`,keyed:``});var u=i(),d=(0,l.lazy)(()=>c(()=>import(`./console-Courses.js`),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9,10,11,12,13]),import.meta.url)),f=(0,l.lazy)(()=>c(()=>import(`./console-Course.js`),__vite__mapDeps([14,1,2,5,6,7,3,8,15,11,12,13]),import.meta.url)),p=(0,l.lazy)(()=>c(()=>import(`./console-Learners.js`),__vite__mapDeps([16,1,2,3,4,5,6,7,8,9,17,18,19,20,21,10,22,11,12,13]),import.meta.url)),m=(0,l.lazy)(()=>c(()=>import(`./console-Learner.js`),__vite__mapDeps([23,1,2,3,24,5,25,6,7,8,26,11,12,13,27]),import.meta.url)),h=(0,l.lazy)(()=>c(()=>import(`./console-Submissions.js`),__vite__mapDeps([28,4,3,1,2,5,6,7,8,9,29,10,22,20,21,11,12,13]),import.meta.url)),g=(0,l.lazy)(()=>c(()=>import(`./console-Submission.js`),__vite__mapDeps([30,1,2,24,3,5,6,7,8,31,11,12,13,27]),import.meta.url)),_=(0,l.lazy)(()=>c(()=>import(`./console-Certificates.js`),__vite__mapDeps([32,1,2,3,4,5,6,7,8,9,19,20,21,10,22,11,12,13]),import.meta.url)),v=e=>o()(e.permission)?e.children:(0,u.jsx)(a,{});function y(){return(0,u.jsxs)(r,{children:[(0,u.jsx)(n,{path:`/courses`,children:(0,u.jsx)(v,{permission:`course.read`,children:(0,u.jsx)(d,{})})}),(0,u.jsx)(n,{path:`/courses/:id`,children:e=>(0,u.jsx)(v,{permission:`course.read`,children:(0,u.jsx)(f,{id:e.id},e.id)})}),(0,u.jsx)(n,{path:`/learners`,children:(0,u.jsx)(v,{permission:`enrollment.read`,children:(0,u.jsx)(p,{})})}),(0,u.jsx)(n,{path:`/learners/:id`,children:e=>(0,u.jsx)(v,{permission:`enrollment.read`,children:(0,u.jsx)(m,{id:e.id},e.id)})}),(0,u.jsx)(n,{path:`/submissions`,children:(0,u.jsx)(v,{permission:`submission.read`,children:(0,u.jsx)(h,{})})}),(0,u.jsx)(n,{path:`/submissions/:id`,children:e=>(0,u.jsx)(v,{permission:`submission.read`,children:(0,u.jsx)(g,{id:e.id},e.id)})}),(0,u.jsx)(n,{path:`/certificates`,children:(0,u.jsx)(v,{permission:`certificate.read`,children:(0,u.jsx)(_,{})})}),(0,u.jsx)(n,{children:(0,u.jsx)(a,{})})]})}export{y as default};