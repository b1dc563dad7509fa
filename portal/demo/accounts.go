package demo

import (
	"context"
	"fmt"
	"slices"

	"foyer/auth"
	"foyer/ent/membership"
	"foyer/ent/user"
	"foyer/portal/store"
	"foyer/schema"
)

// Password signs in every person of the demo company. It is printed at the
// start and stands in the documentation: a demo is not for secrets.
const Password = "aurelia-demo"

// Account is a sign-in to show to whoever tries the demo.
type Account struct {
	Name         string
	Role         string // key of the role
	Email        string
	Organization string
}

// shown are the sign-ins to show, one for each role, in the order of the access
// matrix.
func shown() []Account {
	names := map[string]string{"": company}
	for _, c := range customers {
		names[c.key] = c.name
	}
	var list []Account
	for _, r := range schema.Roles {
		for _, p := range people {
			if p.shown && p.seats[0].role == r.Key {
				list = append(list, Account{Name: p.name, Role: r.Key, Email: p.email, Organization: names[p.seats[0].customer]})
			}
		}
	}
	return list
}

// Accounts lists one sign-in for each role of the demo company, in the order
// of the access matrix, without those that somebody has disabled since; none
// when the database is not a demo.
func Accounts(ctx context.Context, st *store.Store) ([]Account, error) {
	ctx = auth.WithSystem(ctx, "demo sign-ins to show at the start")
	list := shown()
	emails := make([]string, len(list))
	for i, a := range list {
		emails[i] = a.Email
	}
	active, err := st.Client().User.Query().
		Where(user.Source(source), user.StatusEQ(user.StatusACTIVE), user.EmailIn(emails...),
			user.HasMembershipsWith(membership.StatusEQ(membership.StatusACTIVE))).
		Select(user.FieldEmail).Strings(ctx)
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	return slices.DeleteFunc(list, func(a Account) bool { return !slices.Contains(active, a.Email) }), nil
}
