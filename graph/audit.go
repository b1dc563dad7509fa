package graph

import (
	"foyer/ent"
	"foyer/ent/auditentry"
	"foyer/ent/predicate"
	"foyer/graph/model"
)

// latestAudit is how audit entries are sorted when nobody says.
var latestAudit = &ent.AuditEntryOrder{Direction: ent.OrderDirection("DESC"), Field: ent.AuditEntryOrderFieldAt}

// auditFilter reads which entries are asked for.
func auditFilter(f *model.AuditFilter) (where []predicate.AuditEntry) {
	if f == nil {
		return nil
	}
	if f.Entity != nil {
		where = append(where, auditentry.Entity(*f.Entity))
	}
	if f.Subject != nil {
		where = append(where, auditentry.Subject(string(*f.Subject)))
	}
	if f.Actor != nil {
		where = append(where, auditentry.Actor(string(*f.Actor)))
	}
	if f.Action != nil {
		where = append(where, auditentry.Action(*f.Action))
	}
	if f.From != nil {
		where = append(where, auditentry.AtGTE(*f.From))
	}
	if f.Before != nil {
		where = append(where, auditentry.AtLT(*f.Before))
	}
	return where
}
