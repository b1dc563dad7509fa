package accounts

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/role"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// EnsureRoles makes the built-in roles that are missing; to be called at every
// start. It does no harm when replicas start together.
func (s *Service) EnsureRoles(ctx context.Context) error {
	sys := auth.WithSystem(ctx, "built-in roles, at start")
	missing := func(ctx context.Context, tx *ent.Client) error {
		have, err := tx.Role.Query().All(ctx)
		if err != nil {
			return err
		}
		byKey := map[string]*ent.Role{}
		for _, r := range have {
			byKey[r.Key] = r
		}
		var creates []*ent.RoleCreate
		for _, r := range schema.Roles {
			if r.Kind == schema.RoleOther {
				continue
			}
			switch is := byKey[r.Key]; {
			case is == nil:
				creates = append(creates, tx.Role.Create().SetKey(r.Key).SetName(r.Name).SetKind(role.Kind(r.Kind)).SetBuiltIn(true))
			case !is.BuiltIn:
				return fmt.Errorf("accounts: role %s was made by an administrator, and is now the key of a built-in one", r.Key)
			}
		}
		return tx.Role.CreateBulk(creates...).Exec(ctx)
	}
	err := s.st.Tx(sys, missing)
	if ent.IsConstraintError(err) { // another replica was faster
		err = s.st.Tx(sys, missing)
	}
	return err
}

// NewRole is a role to make.
type NewRole struct {
	Key    string // capital letters, digits and underscores
	Name   string
	Kind   role.Kind
	Grants RoleGrants
}

var roleKey = regexp.MustCompile(`^[A-Z][A-Z0-9_]{2,59}$`)

// CreateRole makes a role and returns its id. The refusals are INVALID (also
// for what does not exist or is not meant for a role of that kind), TAKEN and
// ESCALATION: nobody puts into a role what they may not do themselves.
func (s *Service) CreateRole(ctx context.Context, in NewRole) (gid.ID, error) {
	return s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		ctx, err := access.Act(ctx, "role.create", access.Owner{})
		if err != nil {
			return "", err
		}
		if !roleKey.MatchString(in.Key) {
			return "", refuse(codeInvalid, problem.Text{
				EN: "A key has 3 to 60 capital letters, digits and underscores, and begins with a letter.",
				DE: "Ein Schlüssel hat 3 bis 60 Großbuchstaben, Ziffern und Unterstriche und beginnt mit einem Buchstaben.",
			}, "key")
		}
		name, err := roleName(in.Name)
		if err != nil {
			return "", err
		}
		r := &ent.Role{Key: in.Key, Kind: in.Kind}
		if r.Grants, err = checked(in.Kind, in.Grants); err != nil {
			return "", err
		}
		if err := within(ctx, r); err != nil {
			return "", err
		}
		sys := auth.WithSystem(ctx, "whether a role's key is taken")
		taken, err := tx.Role.Query().Where(role.Key(in.Key)).Exist(sys)
		if err != nil {
			return "", err
		}
		if taken || slices.ContainsFunc(schema.Roles, func(b schema.RoleInfo) bool { return b.Key == in.Key }) {
			return "", refuseTaken()
		}
		r, err = tx.Role.Create().SetKey(in.Key).SetName(name).SetKind(in.Kind).SetGrants(r.Grants).Save(ctx)
		if ent.IsConstraintError(err) { // made at the same time
			return "", refuseTaken()
		}
		if err != nil {
			return "", err
		}
		return r.ID, nil
	})
}

func refuseTaken() error {
	return refuse(codeTaken, problem.Text{
		EN: "There is a role with this key already.",
		DE: "Es gibt bereits eine Rolle mit diesem Schlüssel.",
	}, "key")
}

func roleName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" || len(name) > 120 {
		return "", refuse(codeInvalid, problem.Text{
			EN: "The name must not be empty or longer than 120 characters.",
			DE: "Der Name darf weder leer noch länger als 120 Zeichen sein.",
		}, "name")
	}
	return name, nil
}

// UpdateRole is a role as it shall be.
type UpdateRole struct {
	Role    gid.ID
	Version int // as the caller has read it
	Name    string
	Grants  RoleGrants
}

// UpdateRole changes a role that an administrator has made, for everybody who
// has it, at once. The refusals are BUILT_IN, INVALID and ESCALATION (when the
// role may do what the actor may not, before or after); a version that is not
// the present one is ErrStale.
func (s *Service) UpdateRole(ctx context.Context, in UpdateRole) (gid.ID, error) {
	return s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		r, err := tx.Role.Query().Where(role.ID(in.Role)).Only(ctx)
		if err != nil {
			return "", notFound(err)
		}
		if ctx, err = access.Act(ctx, "role.update", access.Owner{}); err != nil {
			return "", err
		}
		if r.BuiltIn {
			return "", refuse(codeBuiltIn, problem.Text{
				EN: "This role comes with the system and stays as it is.",
				DE: "Diese Rolle gehört zum System und bleibt, wie sie ist.",
			}, "roleId")
		}
		if r.Version != in.Version {
			return "", problem.ErrStale
		}
		if err := within(ctx, r, "roleId"); err != nil {
			return "", err
		}
		name, err := roleName(in.Name)
		if err != nil {
			return "", err
		}
		grants, err := checked(r.Kind, in.Grants)
		if err != nil {
			return "", err
		}
		if err := within(ctx, &ent.Role{Key: r.Key, Kind: r.Kind, Grants: grants}); err != nil {
			return "", err
		}
		err = tx.Role.UpdateOneID(r.ID).Where(role.Version(in.Version)).SetName(name).SetGrants(grants).AddVersion(1).Exec(ctx)
		if ent.IsNotFound(err) {
			return "", problem.ErrStale
		}
		if err != nil {
			return "", err
		}
		store.AfterCommit(ctx, func() { s.identities.drop(func(i *identity) bool { return i.roleID == r.ID }) })
		return r.ID, events.Append(ctx, tx, events.Event{
			Kind: events.RoleChanged, Subject: r.ID, Staff: true, At: s.now(), Data: schema.EventData{Subject: r.Key},
		})
	})
}
