import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { Empty, Failure } from '../../ui/kit.tsx';
import { OrganizationPicker } from '../../ui/OrganizationPicker.tsx';
import { EnrollDialog } from '../../ui/training/EnrollDialog.tsx';
import { peopleOf } from '../../ui/training/People.tsx';
import { CoursePicker } from './CoursePicker.tsx';
import { useWork } from './work.ts';

const Members = graphql(`query MembersToEnroll($id: ID!) { organization(id: $id) { id name memberships @_optional { id status user { id name } role { id key name } } } }`);

/** Lets people of a customer learn a course. */
export default function EnrollPeople({ course, organization, close, done }: { course?: { id: string; title: string }; organization?: string; close: () => void; done: () => void }) {
  const t = useWork();
  const [courseId, setCourse] = useState(course?.id);
  const [organizationId, setOrganization] = useState(organization);
  const [{ data, error }, again] = useQuery({ query: Members, variables: { id: organizationId ?? '' }, pause: !organizationId });
  const found = organizationId && data?.organization?.id === organizationId ? data.organization : null;
  const people = useMemo(() => found && peopleOf(found.memberships), [found]);
  const lost = !!organizationId && !found && error;
  return (
    <EnrollDialog title={course && t.enrollInto(course.title)} courseId={courseId} organizationId={organizationId} ready={!!organizationId} people={organizationId && !lost ? (people?.length === 0 ? undefined : people) : undefined} close={close} done={done}>
      {(form) => <>
        {!course && <CoursePicker label={t.course} value={courseId} onChange={(id) => setCourse(id ?? undefined)} error={form.error('courseId')} />}
        <OrganizationPicker label={t.customer} required value={organizationId} error={form.error('organizationId')} onChange={(id) => setOrganization(id ?? undefined)} />
        {lost && <Failure error={lost} retry={() => again({ requestPolicy: 'network-only' })} />}
        {people?.length === 0 && <Empty title={t.noMembers} />}
      </>}
    </EnrollDialog>
  );
}
