package prices

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"entgo.io/ent/dialect/sql"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/organization"
	"foyer/ent/predicate"
	"foyer/ent/pricelist"
	"foyer/ent/segment"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// The codes of refusals.
const (
	Invalid     = "INVALID"
	Taken       = "TAKEN"
	Unknown     = "UNKNOWN"
	Duplicate   = "DUPLICATE"
	TooMany     = "TOO_MANY"
	Retired     = "RETIRED"
	Unreachable = "UNREACHABLE"
)

// The actions of the access matrix that this package carries out.
const (
	doSave   = "priceList.save"
	doAssign = "priceList.assign"
	doPrices = "priceList.prices"
	doRules  = "ruleTable.save"
)

func invalid(en, de string, field ...string) error {
	return problem.Refuse(Invalid, problem.Text{EN: en, DE: de}, append([]string{"input"}, field...)...)
}

func unknown(field ...string) error {
	return problem.Refuse(Unknown, problem.Text{EN: "There is none by this id.", DE: "Unter dieser Kennung gibt es nichts."}, append([]string{"input"}, field...)...)
}

// SaveList is a price list as it shall be.
type SaveList struct {
	ID       *gid.ID // a new one when nil
	Version  *int
	Key      string
	Name     string
	Currency string
	Status   pricelist.Status
	From, To *time.Time
}

var (
	listKey  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$`)
	rulesKey = listKey
)

// SaveList makes or changes a price list. Its key and currency stay as they were.
// The refusals are INVALID and TAKEN.
func (s *Service) SaveList(ctx context.Context, in SaveList) (gid.ID, error) {
	id, err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		var old *ent.PriceList
		var err error
		if in.ID != nil {
			if old, err = findList(ctx, tx, *in.ID); err != nil {
				return "", err
			}
		}
		act, err := access.Act(ctx, doSave, access.Owner{})
		if err != nil {
			return "", err
		}
		if err := in.check(old); err != nil {
			return "", err
		}
		if old == nil {
			there, err := tx.PriceList.Query().Where(pricelist.Key(in.Key)).Exist(ctx)
			if err != nil {
				return "", err
			}
			if there {
				return "", taken()
			}
			l, err := tx.PriceList.Create().SetKey(in.Key).SetName(in.Name).SetCurrency(in.Currency).SetStatus(in.Status).
				SetNillableValidFrom(in.From).SetNillableValidTo(in.To).Save(act)
			if err != nil {
				return "", err
			}
			return l.ID, nil
		}
		if in.Version == nil || *in.Version != old.Version {
			return "", problem.ErrStale
		}
		u := tx.PriceList.UpdateOneID(old.ID).SetName(in.Name).SetStatus(in.Status).AddVersion(1).ClearValidFrom().ClearValidTo()
		return old.ID, u.SetNillableValidFrom(in.From).SetNillableValidTo(in.To).Exec(act)
	})
	if store.Duplicate(err) { // made at the same time
		err = taken()
	}
	return id, err
}

func taken() error {
	return problem.Refuse(Taken, problem.Text{
		EN: "There is a price list with this key already.", DE: "Es gibt bereits eine Preisliste mit diesem Schlüssel.",
	}, "input", "key")
}

// check looks at a list, and puts it into the form in which it is kept.
func (in *SaveList) check(old *ent.PriceList) error {
	in.Name = strings.TrimSpace(in.Name)
	in.From, in.To = moments(in.From, in.To)
	_, badCurrency := money.Digits(in.Currency)
	switch {
	case !listKey.MatchString(in.Key):
		return invalid("A key has up to 60 letters, digits, points, hyphens and underscores.",
			"Ein Schlüssel hat bis zu 60 Buchstaben, Ziffern, Punkte, Binde- und Unterstriche.", "key")
	case !plain(in.Name, 200):
		return invalid("A name has 1 to 200 characters.", "Ein Name hat 1 bis 200 Zeichen.", "name")
	case badCurrency != nil:
		return invalid("This is no currency.", "Das ist keine Währung.", "currency")
	case in.From != nil && in.To != nil && !in.From.Before(*in.To):
		return invalid("The list ends before it begins.", "Die Liste endet, bevor sie beginnt.", "validTo")
	case old != nil && old.Key != in.Key:
		return invalid("A list keeps its key.", "Eine Liste behält ihren Schlüssel.", "key")
	case old != nil && old.Currency != in.Currency:
		return invalid("A list keeps its currency; make another one.", "Eine Liste behält ihre Währung; legen Sie eine weitere an.", "currency")
	}
	return nil
}

// moments are times as both databases keep them.
func moments(from, to *time.Time) (*time.Time, *time.Time) {
	kept := func(t *time.Time) *time.Time {
		if t == nil {
			return nil
		}
		return new(t.UTC().Truncate(time.Microsecond))
	}
	return kept(from), kept(to)
}

// plain says whether a text can be shown in one line.
func plain(text string, longest int) bool {
	return text != "" && utf8.RuneCountInString(text) <= longest && !strings.ContainsFunc(text, func(c rune) bool {
		return unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || c == utf8.RuneError
	})
}

// findList finds a list as the viewer sees it, and holds it: whoever changes what
// belongs to a list holds the list first.
func findList(ctx context.Context, tx *ent.Client, id gid.ID) (*ent.PriceList, error) {
	l, err := tx.PriceList.Query().Where(pricelist.ID(id), store.Held).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return l, err
}

// writable refuses a list that may not get prices or customers. A key writes only
// what is its own, or nobody's.
func writable(ctx context.Context, l *ent.PriceList) error {
	if v := auth.From(ctx); v != nil && v.Kind == auth.KindKey && l.Source != "" && l.Source != v.Source {
		return problem.ErrForbidden
	}
	if l.Status == pricelist.StatusRETIRED {
		return problem.Refuse(Retired, problem.Text{
			EN: "The price list is retired; make it active first.", DE: "Die Preisliste ist außer Kraft; setzen Sie sie zuerst wieder in Kraft.",
		}, "input", "priceListId")
	}
	return nil
}

// Assignment is one that a list is for.
type Assignment struct {
	ListID         gid.ID
	OrganizationID gid.ID
	SegmentID      gid.ID // both empty: everybody
	Priority       int
}

// IsEverybody says whether it is for everybody.
func (a Assignment) IsEverybody() bool { return a.audience() == "" }

func (a Assignment) audience() string {
	if a.OrganizationID != "" {
		return string(a.OrganizationID)
	}
	return string(a.SegmentID)
}

// What can be assigned.
const (
	mostAssignments = 1000
	mostPriority    = 1000
)

// Assign says for whom a list is, in place of whom it was for. The refusals are
// INVALID, UNKNOWN, DUPLICATE, TOO_MANY and RETIRED.
func (s *Service) Assign(ctx context.Context, id gid.ID, version int, to []Assignment) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		l, err := findList(ctx, tx, id)
		if err != nil {
			return "", err
		}
		act, err := access.Act(ctx, doAssign, access.Owner{})
		if err != nil {
			return "", err
		}
		if l.Version != version {
			return "", problem.ErrStale
		}
		if err := writable(ctx, l); err != nil {
			return "", err
		}
		if err := checkAssignments(ctx, tx, to); err != nil {
			return "", err
		}
		raw := s.store.Raw(ctx)
		if _, err := raw.ExecContext(ctx, `DELETE FROM price_list_assignments WHERE price_list_id = $1`, string(id)); err != nil {
			return "", err
		}
		for _, a := range to {
			if _, err := raw.ExecContext(ctx, `INSERT INTO price_list_assignments (audience_id, price_list_id, priority) VALUES ($1, $2, $3)`,
				a.audience(), string(id), a.Priority); err != nil {
				return "", err
			}
		}
		return id, tx.PriceList.UpdateOneID(id).AddVersion(1).Exec(act)
	})
}

func checkAssignments(ctx context.Context, tx *ent.Client, to []Assignment) error {
	if len(to) > mostAssignments {
		return problem.Refuse(TooMany, problem.Text{
			EN: "A list is for at most 1,000 organizations and segments; make a segment of them.",
			DE: "Eine Liste gilt für höchstens 1.000 Organisationen und Segmente; bilden Sie ein Segment daraus.",
		}, "input", "assignments")
	}
	var organizations, segments []gid.ID
	seen := map[string]bool{}
	for i, a := range to {
		at := []string{"assignments", strconv.Itoa(i)}
		switch {
		case a.OrganizationID != "" && a.SegmentID != "":
			return invalid("Name an organization or a segment, not both.", "Nennen Sie eine Organisation oder ein Segment, nicht beides.", at...)
		case a.Priority < 0 || a.Priority > mostPriority:
			return invalid("A priority is from 0 to 1,000.", "Eine Priorität liegt zwischen 0 und 1.000.", append(at, "priority")...)
		case seen[a.audience()]:
			return problem.Refuse(Duplicate, problem.Text{EN: "It stands here twice.", DE: "Das steht hier zweimal."}, append([]string{"input"}, at...)...)
		case a.OrganizationID != "":
			organizations = append(organizations, a.OrganizationID)
		case a.SegmentID != "":
			segments = append(segments, a.SegmentID)
		}
		seen[a.audience()] = true
	}
	have := map[gid.ID]bool{}
	if len(organizations) > 0 {
		found, err := tx.Organization.Query().Where(organization.IDIn(organizations...)).IDs(ctx)
		if err != nil {
			return err
		}
		mark(have, found)
	}
	if len(segments) > 0 {
		found, err := tx.Segment.Query().Where(segment.IDIn(segments...)).IDs(ctx)
		if err != nil {
			return err
		}
		mark(have, found)
	}
	for i, a := range to {
		switch {
		case a.OrganizationID != "" && !have[a.OrganizationID]:
			return unknown("assignments", strconv.Itoa(i), "organizationId")
		case a.SegmentID != "" && !have[a.SegmentID]:
			return unknown("assignments", strconv.Itoa(i), "segmentId")
		}
	}
	return nil
}

func mark(have map[gid.ID]bool, ids []gid.ID) {
	for _, id := range ids {
		have[id] = true
	}
}

// readable says whether the viewer may read price lists at all.
func readable(ctx context.Context) bool {
	v := auth.From(ctx)
	return v.System() || v.Grants().Read("PriceList") == auth.ScopeAll
}

// ListFacts is what belongs to a price list.
type ListFacts struct {
	Variants    int // that it has prices for
	Assignments []*Assignment
	// Beside are the assignments of all lists that were loaded together with it;
	// Meet does something with them once.
	Beside []*Assignment
	Meet   *sync.Once
}

// facts are those of several lists, by two statements.
func (s *Service) facts(ctx context.Context, ids []gid.ID) (map[gid.ID]*ListFacts, error) {
	if !readable(ctx) {
		return nil, problem.ErrForbidden
	}
	all := make(map[gid.ID]*ListFacts, len(ids))
	once := &sync.Once{}
	for _, id := range ids {
		all[id] = &ListFacts{Meet: once}
	}
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, `SELECT price_list_id, audience_id, priority FROM price_list_assignments
		WHERE `+s.store.Among("price_list_id", 1)+` ORDER BY price_list_id, priority DESC, audience_id`, store.List(s.store, ids))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var beside []*Assignment
	for rows.Next() {
		a := &Assignment{}
		var audience gid.ID
		if err := rows.Scan(&a.ListID, &audience, &a.Priority); err != nil {
			return nil, err
		}
		switch audience.Prefix() {
		case gid.Organization:
			a.OrganizationID = audience
		case gid.Segment:
			a.SegmentID = audience
		}
		all[a.ListID].Assignments = append(all[a.ListID].Assignments, a)
		beside = append(beside, a)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for _, f := range all {
		f.Beside = beside
	}
	counts, err := s.store.RawRead(ctx).QueryContext(ctx, `SELECT price_list_id, count(DISTINCT variant_id) FROM list_prices
		WHERE `+s.store.Among("price_list_id", 1)+` GROUP BY price_list_id`, store.List(s.store, ids))
	if err != nil {
		return nil, err
	}
	defer func() { _ = counts.Close() }()
	for counts.Next() {
		var id gid.ID
		var n int
		if err := counts.Scan(&id, &n); err != nil {
			return nil, err
		}
		all[id].Variants = n
	}
	return all, counts.Err()
}

// AssignedTo finds the lists that are assigned to an organization or a segment.
func AssignedTo(audience gid.ID) predicate.PriceList {
	return func(q *sql.Selector) {
		a := sql.Table("price_list_assignments").As("a")
		q.Where(sql.In(q.C(pricelist.FieldID), sql.Select(a.C("price_list_id")).From(a).Where(sql.EQ(a.C("audience_id"), string(audience)))))
	}
}

// Current says whether a list's prices count at present.
func (s *Service) Current(l *ent.PriceList) bool {
	return l.Status == pricelist.StatusACTIVE && holds(l.ValidFrom, l.ValidTo, s.now())
}

// Listed is what a list has for a variant.
type Listed struct {
	List      *ent.PriceList
	VariantID gid.ID
	Sku       string
	Tiers     []Tier
}

// mostListed is of how many lists ListPrices tells.
const mostListed = 100

// listedIn is what the lists that the viewer sees have for variants, by the lists'
// keys. Two statements.
func (s *Service) listedIn(ctx context.Context, variants []gid.ID) (map[gid.ID][]Listed, error) {
	if !readable(ctx) {
		return nil, problem.ErrForbidden
	}
	found, err := s.tiersOf(ctx, variants)
	if err != nil {
		return nil, err
	}
	var ids []gid.ID
	for in := range found {
		ids = append(ids, in.list)
	}
	slices.Sort(ids)
	lists, err := s.store.Reader(ctx).PriceList.Query().Where(pricelist.IDIn(slices.Compact(ids)...)).Order(ent.Asc(pricelist.FieldKey)).All(ctx)
	if err != nil {
		return nil, err
	}
	all := make(map[gid.ID][]Listed, len(variants))
	for _, l := range lists {
		for _, v := range variants {
			if tiers := found[listing{l.ID, v}]; tiers != nil && len(all[v]) < mostListed {
				all[v] = append(all[v], Listed{List: l, VariantID: v, Tiers: tiers})
			}
		}
	}
	return all, nil
}

// listing is a variant in a list.
type listing struct{ list, variant gid.ID }

func (s *Service) tiersOf(ctx context.Context, variants []gid.ID) (map[listing][]Tier, error) {
	slices.Sort(variants)
	rows, err := s.store.RawRead(ctx).QueryContext(ctx, `SELECT variant_id, price_list_id, minimum_quantity, unit_minor FROM list_prices
		WHERE `+s.store.Among("variant_id", 1)+` ORDER BY variant_id, price_list_id, minimum_quantity`, store.List(s.store, variants))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[listing][]Tier{}
	for rows.Next() {
		var in listing
		var t Tier
		if err := rows.Scan(&in.variant, &in.list, &t.From, &t.UnitMinor); err != nil {
			return nil, err
		}
		all[in] = append(all[in], t)
	}
	return all, rows.Err()
}
