import{pt as e}from"./kit.js";var t=e(`fragment EnrollmentCard on Enrollment @_unmask {
  id status origin dueAt percent enrolledAt startedAt completedAt reason rating feedback version title summary cover
  isSuperseded lessonsDone lessonCount minutes minutesLearned queuePosition isOverdue availableActions
  course { id key } next { key title minutes }
  certificate @_optional { id number status expiresAt }
}`),n=e(`fragment Chapters on Enrollment @_unmask {
  modules { key title lessons { key kind title minutes isOptional status requires doneAt seconds percent rule { kind seconds percent } } }
}`),r=e(`fragment CourseCard on Course @_unmask {
  id key title summary cover lessonCount minutes isFree placesLeft placesBought @_optional certificateTitle certificateMonths availableActions
  prerequisites { key title isMet course { id } }
  variant { id sku product { id name } }
}`),i=e(`mutation Enroll($input: EnrollInput!, $key: String!) {
  enroll(input: $input) @idempotent(key: $key) { enrollment { ...EnrollmentCard ...Chapters } userErrors { field code message } }
}`,[t,n]);export{t as i,r as n,i as r,n as t};