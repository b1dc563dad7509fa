package configurations

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/modelversion"
	"foyer/ent/onetimetoken"
	"foyer/ent/organization"
	"foyer/portal/prices"
	"foyer/schema"
	"foyer/schema/gid"
)

const (
	mostDays  = 90
	mostLinks = 20 // of one configuration that are good
)

// NewLink is a link that has just been made.
type NewLink struct {
	Code      string
	ExpiresAt time.Time
}

// digest is what is kept of a code, which has 130 random bits and needs no key.
func digest(code string) []byte {
	sum := sha256.Sum256([]byte("configuration share " + code))
	return sum[:]
}

// Share makes a link by which anybody sees a configuration. A request that is repeated
// gets none: the code was shown once.
func (s *Service) Share(ctx context.Context, id gid.ID, days int) (*NewLink, error) {
	if days < 1 || days > mostDays {
		return nil, invalid("A link is good for 1 to 90 days.", "Ein Link gilt 1 bis 90 Tage.", "days")
	}
	var out *NewLink
	_, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		out = &NewLink{Code: rand.Text(), ExpiresAt: s.now().AddDate(0, 0, days)}
		_, act, err := s.hold(ctx, tx, doShare, id)
		if err != nil {
			return "", err
		}
		n, err := tx.OneTimeToken.Query().Where(onetimetoken.KindEQ(onetimetoken.KindSHARE_LINK), onetimetoken.Subject(string(id)),
			onetimetoken.UsedAtIsNil(), onetimetoken.ExpiresAtGT(s.now())).Count(tokens(act))
		if err != nil {
			return "", err
		}
		if n >= mostLinks {
			return "", invalid("There are 20 links already. Take one back first.", "Es gibt schon 20 Links. Bitte nehmen Sie zuerst einen zurück.", "id")
		}
		return id, tx.OneTimeToken.Create().SetKind(onetimetoken.KindSHARE_LINK).SetHash(digest(out.Code)).SetSubject(string(id)).
			SetCreatedAt(s.now()).SetExpiresAt(out.ExpiresAt).Exec(act)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func tokens(ctx context.Context) context.Context {
	return auth.WithSystem(ctx, "the links by which a configuration that the viewer sees is shared")
}

// Revoke takes a link back.
func (s *Service) Revoke(ctx context.Context, configurationID, link gid.ID) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		c, act, err := s.hold(ctx, tx, doShare, configurationID)
		if err != nil {
			return "", err
		}
		there, err := tx.OneTimeToken.Query().Where(onetimetoken.ID(link), onetimetoken.KindEQ(onetimetoken.KindSHARE_LINK),
			onetimetoken.Subject(string(c.ID))).Exist(tokens(act))
		if err != nil {
			return "", err
		}
		if !there {
			return "", refuse(InvalidLink, "There is no such link.", "Diesen Link gibt es nicht.", "shareId")
		}
		return c.ID, s.endLinks(act, tx, c.ID, link)
	})
}

// endLinks takes one link back, or all of a configuration.
func (s *Service) endLinks(ctx context.Context, tx *ent.Client, c, only gid.ID) error {
	q := tx.OneTimeToken.Query().Where(onetimetoken.KindEQ(onetimetoken.KindSHARE_LINK), onetimetoken.Subject(string(c)), onetimetoken.UsedAtIsNil())
	if only != "" {
		q.Where(onetimetoken.ID(only))
	}
	ids, err := q.IDs(tokens(ctx))
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := tx.OneTimeToken.UpdateOneID(id).SetUsedAt(s.now()).Exec(tokens(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// Links are those of a configuration, the latest first, up to 50.
func (s *Service) Links(ctx context.Context, id gid.ID) ([]*ent.OneTimeToken, error) {
	return s.store.Reader(ctx).OneTimeToken.Query().Where(onetimetoken.KindEQ(onetimetoken.KindSHARE_LINK), onetimetoken.Subject(string(id))).
		Order(ent.Desc(onetimetoken.FieldCreatedAt, onetimetoken.FieldID)).Limit(50).All(tokens(ctx))
}

// Active says whether a link is good.
func (s *Service) Active(t *ent.OneTimeToken) bool {
	return t.UsedAt == nil && t.ExpiresAt.After(s.now())
}

// Link is a configuration that was shared, and what follows from it for whoever looks.
type Link struct {
	Configuration *ent.Configuration
	Version       Edition
	From          string
	ExpiresAt     time.Time
}

// shared finds what a code leads to, with the eyes of a guest who may see that alone.
func (s *Service) shared(ctx context.Context, code string) (*Link, error) {
	none := refuse(InvalidLink, "This link is not good, or not any more. Ask for another one.",
		"Dieser Link gilt nicht oder nicht mehr. Bitte fragen Sie nach einem neuen.", "code")
	if len(code) > 60 {
		return nil, none
	}
	t, err := s.store.Reader(ctx).OneTimeToken.Query().Where(onetimetoken.Hash(digest(code)), onetimetoken.KindEQ(onetimetoken.KindSHARE_LINK),
		onetimetoken.UsedAtIsNil(), onetimetoken.ExpiresAtGT(s.now())).Only(tokens(ctx))
	if ent.IsNotFound(err) {
		return nil, none
	}
	if err != nil {
		return nil, err
	}
	v := auth.Viewer{Kind: auth.KindGuest, Subject: t.Subject}
	guest := auth.WithViewer(ctx, v.WithGrants(schema.Grants["GUEST"]))
	c, err := s.find(guest, s.store.Reader(ctx), gid.ID(t.Subject))
	if err != nil {
		return nil, none
	}
	out := &Link{Configuration: c, ExpiresAt: t.ExpiresAt}
	sys := auth.WithSystem(ctx, "the customer's name and the model's version of a configuration that was shared")
	o, err := s.store.Reader(ctx).Organization.Query().Where(organization.ID(c.OrganizationID)).Select(organization.FieldID, organization.FieldName).Only(sys)
	if err != nil {
		return nil, err
	}
	m, err := s.store.Reader(ctx).ModelVersion.Query().Where(modelversion.ID(c.VersionID)).Select(withoutDocument...).Only(sys)
	if err != nil {
		return nil, err
	}
	out.From, out.Version = o.Name, editionOf(m)
	return out, nil
}

// Shared is what a link leads to. Prices are the list prices, but for those who act
// for the customer whose it is.
func (s *Service) Shared(ctx context.Context, code string) (*Link, *Answer, error) {
	l, err := s.shared(ctx, code)
	if err != nil {
		return nil, nil, err
	}
	c, at := l.Configuration, s.now()
	b, err := s.read(ctx, l.Version, at)
	if err != nil {
		return nil, nil, err
	}
	buyer := prices.Buyer{Currency: c.Currency}
	if v := auth.From(ctx); v != nil && v.Kind == auth.KindMember && v.OrganizationID == string(c.OrganizationID) {
		if buyer, err = s.prices.Buyer(ctx); err != nil {
			return nil, nil, err
		}
	}
	a, err := s.askAs(ctx, b, buyer, c.Choices, c.Quantity, at)
	if err != nil {
		return nil, nil, err
	}
	st, err := s.state(ctx, a)
	answer, err := s.answered(ctx, a, st, Question{}, err)
	return l, answer, err
}
