package demo

import (
	"time"

	"foyer/ent"
	"foyer/ent/event"
	"foyer/ent/submission"
	"foyer/portal/events"
	"foyer/portal/notifications"
	"foyer/schema/gid"
)

// news is what people were told of training in the last weeks, by their ids, by the
// same rules as the portal tells it: learners of their own, the trainer of the work that
// waits.
func (s *school) news() map[gid.ID][]*ent.Notification {
	out, gone, about := map[gid.ID][]*ent.Notification{}, map[gid.ID]bool{}, s.about()
	for _, i := range s.everyone() {
		gone[i.row.ID] = i.disabled
	}
	for _, e := range s.events {
		l, there := about(e)
		if !there || e.Audience != event.AudienceCUSTOMER || s.now.Sub(e.At) > remembersFor || gone[l.Enrollment.UserID] {
			continue
		}
		n, ok := notifications.NewsOfTraining(e, l)
		reader := l.Enrollment.UserID
		if events.Kind(e.Kind) == events.WorkHandedIn && l.Work.Status == submission.StatusSUBMITTED {
			n, ok, reader = notifications.NewsOfWork(e, l), true, gid.ID(s.trainer.id)
			n.Data.Author = e.ActorName
		}
		if !ok {
			continue
		}
		out[reader] = append(out[reader], &ent.Notification{
			ID: gid.At(gid.Notification, e.At), UserID: reader, OrganizationID: l.Enrollment.OrganizationID, Kind: n.Kind, Data: n.Data, CreatedAt: e.At,
			// These are told apart by the event's id, which rows to come do not have yet.
			DedupKey: n.Key + string(e.SubjectID) + e.At.Format(time.RFC3339Nano),
		})
	}
	return out
}

// about finds what an event is about; false for those that are not of training.
func (s *school) about() func(e *ent.Event) (l notifications.Learned, there bool) {
	keys, titles := map[gid.ID]string{}, map[gid.ID]map[string]string{}
	for _, t := range s.list {
		keys[t.row.ID] = t.Key
		for _, v := range t.versions {
			titles[v.ID] = v.Document.Title
		}
	}
	enrollments := byID(s.enrollments, func(e *ent.Enrollment) gid.ID { return e.ID })
	certificates := byID(s.certificates, func(c *ent.Certificate) gid.ID { return c.ID })
	works := byID(s.works, func(w *ent.Submission) gid.ID { return w.ID })
	return func(e *ent.Event) (l notifications.Learned, there bool) {
		l.Certificate, l.Work = certificates[e.SubjectID], works[gid.ID(e.Data.Subject)]
		id := e.SubjectID
		if l.Certificate != nil {
			id = l.Certificate.EnrollmentID
		}
		if l.Enrollment, there = enrollments[id]; there {
			l.CourseKey, l.Titles = keys[l.Enrollment.CourseID], titles[l.Enrollment.VersionID]
		}
		return l, there
	}
}

func byID[T any](list []T, id func(T) gid.ID) map[gid.ID]T {
	out := make(map[gid.ID]T, len(list))
	for _, x := range list {
		out[id(x)] = x
	}
	return out
}
