import { useState } from 'react';
import { NativeSelect } from '@mantine/core';
import { useQuery } from 'urql';
import { Failure } from '../../ui/kit.tsx';
import { EnrollDialog } from '../../ui/training/EnrollDialog.tsx';
import { peopleOf } from '../../ui/training/People.tsx';
import { teamWords } from '../pages/Team.tsx';
import { Choices } from './choices.ts';

/** Lets people of one's own organization learn a course. */
export default function PeopleDialog({ close, done }: { close: () => void; done: () => void }) {
  const t = teamWords.use();
  const [{ data, error }, again] = useQuery({ query: Choices });
  const [course, setCourse] = useState('');
  const courses = (data?.courses.edges ?? []).flatMap((e) => (e?.node?.availableActions.includes('ENROLL_PEOPLE') ? [e.node] : []));
  const of = courses.find((c) => c.id === course);
  const lost = error && !data;
  return (
    <EnrollDialog courseId={course || undefined} people={data ? peopleOf(data.viewer.organization?.memberships) : lost ? undefined : null} close={close} done={done}>
      {(form) => (lost ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : (
        <NativeSelect label={t.course} value={course} onChange={(e) => setCourse(e.currentTarget.value)} data={[{ value: '', label: t.choose }, ...courses.map((c) => ({ value: c.id, label: c.title }))]} error={form.error('courseId')} description={of && !of.isFree && of.placesBought != null ? t.places(of.placesBought) : undefined} />
      ))}
    </EnrollDialog>
  );
}
