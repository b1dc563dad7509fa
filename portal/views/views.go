// Package views keeps lists as people want to find them again: a filter and an
// order, under a name.
//
// Owns: whose views there are, how many and what they may be called. Does not
// own: what a filter means; that is between the page and its address.
package views

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/savedview"
	"foyer/ent/user"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
)

// The actions of the access matrix that this package carries out.
const (
	doSave   = "savedView.save"
	doDelete = "savedView.delete"
)

// The codes of refusals, values of the API's SavedViewErrorCode.
const (
	Taken   = "TAKEN"
	TooMany = "TOO_MANY"
	Invalid = "INVALID"
)

const (
	longestName  = 60   // characters
	longestQuery = 2000 // bytes; an address is ASCII
	mostViews    = 50   // of one person and one list
)

// Service keeps views.
type Service struct{ store *store.Store }

// New makes the service.
func New(st *store.Store) *Service { return &Service{st} }

// View is the input of Save.
type View struct {
	ID    *gid.ID // of the one to change; a new one when nil
	List  savedview.List
	Name  string
	Query string
}

// Save keeps a view and returns its id. It is its owner's wherever they act.
func (s *Service) Save(ctx context.Context, in View) (gid.ID, error) {
	id, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		me := gid.ID(viewer(ctx))
		var old *ent.SavedView
		var err error
		if in.ID != nil {
			if old, err = find(ctx, tx, *in.ID); err != nil {
				return "", err
			}
		}
		act, err := access.Act(ctx, doSave, access.Owner{User: me})
		if err != nil {
			return "", err
		}
		name, query, err := check(in, old)
		if err != nil {
			return "", err
		}
		// One at a time for each person, so that no two count the same views.
		if _, err := tx.User.Query().Where(user.ID(me), store.Held).OnlyID(ctx); err != nil {
			return "", err
		}
		mine := tx.SavedView.Query().Where(savedview.UserID(me), savedview.ListEQ(in.List))
		others := mine.Clone().Where(savedview.Name(name))
		if old != nil {
			others.Where(savedview.IDNEQ(old.ID))
		}
		if there, err := others.Exist(ctx); err != nil || there {
			if there {
				err = refuseTaken()
			}
			return "", err
		}
		if old != nil {
			return old.ID, tx.SavedView.UpdateOneID(old.ID).SetName(name).SetQuery(query).Exec(act)
		}
		if n, err := mine.Count(ctx); err != nil || n >= mostViews {
			if err == nil {
				err = problem.Refuse(TooMany, problem.Text{
					EN: fmt.Sprintf("There are %d views of this list already; delete one first.", mostViews),
					DE: fmt.Sprintf("Zu dieser Liste gibt es bereits %d Ansichten; bitte löschen Sie zuerst eine.", mostViews),
				}, "input")
			}
			return "", err
		}
		v, err := tx.SavedView.Create().SetUserID(me).SetList(in.List).SetName(name).SetQuery(query).Save(act)
		if err != nil {
			return "", err
		}
		return v.ID, nil
	})
	if store.Duplicate(err) { // should somebody write past the lock
		err = refuseTaken()
	}
	return id, err
}

// Delete forgets a view and returns its id.
func (s *Service) Delete(ctx context.Context, id gid.ID) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		old, err := find(ctx, tx, id)
		if err != nil {
			return "", err
		}
		act, err := access.Act(ctx, doDelete, access.Owner{User: old.UserID})
		if err != nil {
			return "", err
		}
		return id, tx.SavedView.DeleteOneID(id).Exec(act)
	})
}

func viewer(ctx context.Context) string {
	if v := auth.From(ctx); v != nil {
		return v.UserID
	}
	return ""
}

func find(ctx context.Context, tx *ent.Client, id gid.ID) (*ent.SavedView, error) {
	v, err := tx.SavedView.Query().Where(savedview.ID(id)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return v, err
}

func refuseTaken() error {
	return problem.Refuse(Taken, problem.Text{
		EN: "You have a view with that name.", DE: "Eine Ansicht mit diesem Namen haben Sie schon.",
	}, "input", "name")
}

func invalid(en, de, field string) error {
	return problem.Refuse(Invalid, problem.Text{EN: en, DE: de}, "input", field)
}

// check returns name and query as they are kept.
func check(in View, old *ent.SavedView) (name, query string, err error) {
	// Accents written in one way only, or two names would look the same.
	name, query = norm.NFC.String(strings.TrimSpace(in.Name)), strings.TrimPrefix(strings.TrimSpace(in.Query), "?")
	switch {
	case old != nil && old.List != in.List:
		return "", "", invalid("A view stays with its list.", "Eine Ansicht bleibt bei ihrer Liste.", "list")
	case name == "":
		return "", "", invalid("A view needs a name.", "Eine Ansicht braucht einen Namen.", "name")
	case utf8.RuneCountInString(name) > longestName:
		return "", "", invalid("A name has at most 60 characters.", "Ein Name hat höchstens 60 Zeichen.", "name")
	case len(query) > longestQuery:
		return "", "", invalid("Filter and order have at most 2,000 characters.", "Filter und Sortierung haben höchstens 2.000 Zeichen.", "query")
	}
	for field, text := range map[string]string{"name": name, "query": query} {
		if strings.ContainsFunc(text, hidden) {
			return "", "", invalid("The text has characters that are not allowed.", "Der Text enthält unzulässige Zeichen.", field)
		}
	}
	return name, query, nil
}

// hidden says whether a character does something other than to be seen: ends a
// line, or turns the direction of what stands beside it.
func hidden(c rune) bool {
	return unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || c == utf8.RuneError
}
