import { graphql, type ResultOf } from '../../lib/graphql.ts';

/** Somebody in a course, as cards and heads show it. */
export const EnrollmentCard = graphql(`fragment EnrollmentCard on Enrollment @_unmask {
  id status origin dueAt percent enrolledAt startedAt completedAt reason rating feedback version title summary cover
  isSuperseded lessonsDone lessonCount minutes minutesLearned queuePosition isOverdue availableActions
  course { id key } next { key title minutes }
  certificate @_optional { id number status expiresAt }
}`);
export type Enrolled = ResultOf<typeof EnrollmentCard>;

/** The chapters with how far each lesson is. */
export const Chapters = graphql(`fragment Chapters on Enrollment @_unmask {
  modules { key title lessons { key kind title minutes isOptional status requires doneAt seconds percent rule { kind seconds percent } } }
}`);
export type Chapter = ResultOf<typeof Chapters>['modules'][number];
export type Step = Chapter['lessons'][number];

/** A course as it is offered. */
export const CourseCard = graphql(`fragment CourseCard on Course @_unmask {
  id key title summary cover lessonCount minutes isFree placesLeft placesBought @_optional certificateTitle certificateMonths availableActions
  prerequisites { key title isMet course { id } }
  variant { id sku product { id name } }
}`);
export type Offered = ResultOf<typeof CourseCard>;

export const Enroll = graphql(`mutation Enroll($input: EnrollInput!, $key: String!) {
  enroll(input: $input) @idempotent(key: $key) { enrollment { ...EnrollmentCard ...Chapters } userErrors { field code message } }
}`, [EnrollmentCard, Chapters]);
