package search

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/product"
	"foyer/ent/searchmiss"
	"foyer/portal/access"
	"foyer/portal/events"
	"foyer/portal/jobs"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
)

// The actions of the access matrix that this package carries out.
const (
	doFollow = "search.follow"
	doDecide = "searchMiss.decide"
	doMerge  = "searchMiss.merge"
)

// The codes of refusals, values of the API's SearchErrorCode.
const (
	Found          = "FOUND"
	TooMany        = "TOO_MANY"
	Stale          = "STALE"
	Merged         = "MERGED"
	UnknownProduct = "UNKNOWN_PRODUCT"
	FindsNothing   = "FINDS_NOTHING"
	Invalid        = "INVALID"
)

// What is kept of searches without hits, so that nobody can fill the table.
const (
	longestMiss   = 120              // bytes of a term: what is longer is no search
	mostWaiting   = 500              // different ones that wait to be written
	mostOfOne     = 30               // different ones of one viewer
	mostOfNobody  = 200              // of all without an identity
	window        = 10 * time.Minute // in which these count
	writeAfter    = time.Second
	mostKept      = 10_000 // open ones that nobody follows
	mostFilters   = 20     // of one
	mostFollowed  = 50     // by one person
	mostAnswers   = 20     // products of an answer
	longestAnswer = 1000   // characters
)

// missed are searches without hits that wait to be written: beside the request, so
// that a search never waits for a write, and never fails because of one.
type missed struct {
	mu      sync.Mutex
	waiting map[string]*miss
	seen    map[string]map[string]bool // viewer -> terms of this window
	since   time.Time
	planned bool
	writing sync.Mutex
}

type miss struct {
	count   int
	filters map[string]int
	last    time.Time
}

// note remembers a search. One viewer counts once for a term and window.
func (m *missed) note(ctx context.Context, s *Service, term string, f Filter) {
	if term == "" || len(term) > longestMiss {
		return
	}
	now := s.now()
	who, most := "", mostOfNobody
	if v := auth.From(ctx); v.System() {
		return
	} else if v != nil && v.UserID != "" {
		who, most = v.Identity(), mostOfOne
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.seen == nil || now.Sub(m.since) > window {
		m.seen, m.since = map[string]map[string]bool{}, now
	}
	mine := m.seen[who]
	if mine == nil {
		mine = map[string]bool{}
		m.seen[who] = mine
	}
	if len(mine) >= most && !mine[term] || mine[term] && who != "" {
		return
	}
	mine[term] = true
	if m.waiting == nil {
		m.waiting = map[string]*miss{}
	}
	x := m.waiting[term]
	if x == nil {
		if len(m.waiting) >= mostWaiting {
			return
		}
		x = &miss{filters: map[string]int{}}
		m.waiting[term] = x
	}
	x.count++
	x.last = now
	if text := f.text(); text != "" && len(x.filters) < mostFilters {
		x.filters[text]++
	}
	if !m.planned && !s.o.ByHand {
		m.planned = true
		time.AfterFunc(writeAfter, func() {
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second) //nolint:forbidigo // the requests whose searches these are may be over
			defer cancel()
			if err := s.WriteMisses(ctx); err != nil {
				s.o.Logger.ErrorContext(ctx, "search: what was searched for in vain is not kept", "error", err)
			}
		})
	}
}

// text is a filter as it is kept; empty for none.
func (f Filter) text() string {
	if f.CategoryID == "" && f.TypeID == "" && len(f.Attributes) == 0 {
		return ""
	}
	b, err := json.Marshal(f)
	if err != nil || len(b) > 2000 {
		return ""
	}
	return string(b)
}

// WriteMisses writes the searches without hits that have been noted.
func (s *Service) WriteMisses(ctx context.Context) error {
	m := &s.misses
	m.writing.Lock()
	defer m.writing.Unlock()
	m.mu.Lock()
	list := m.waiting
	m.waiting, m.planned = nil, false
	m.mu.Unlock()
	if len(list) == 0 {
		return nil
	}
	ctx = auth.WithSystem(ctx, "searches without hits, counted")
	return s.st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		for _, term := range slices.Sorted(maps.Keys(list)) { // in order, so that two replicas do not wait for each other
			if _, err := s.countMiss(ctx, term, list[term]); err != nil {
				return err
			}
		}
		return nil
	})
}

// countMiss counts a term, and returns its id. Counting is no change that anybody
// makes, and so none for the audit.
func (s *Service) countMiss(ctx context.Context, term string, x *miss) (id gid.ID, err error) {
	q := s.st.Raw(ctx)
	err = q.QueryRowContext(ctx, `INSERT INTO search_misses (id, term, count, people, first_at, last_at, status, version)
		VALUES ($1, $2, $3, 0, $4, $4, 'OPEN', 1)
		ON CONFLICT (term) DO UPDATE SET count = search_misses.count + excluded.count, last_at = excluded.last_at RETURNING id`,
		string(gid.New(gid.SearchMiss)), term, x.count, x.last).Scan(&id)
	if err != nil {
		return "", fmt.Errorf("search: a search without hits: %w", err)
	}
	for _, f := range slices.Sorted(maps.Keys(x.filters)) {
		if _, err := q.ExecContext(ctx, `INSERT INTO search_miss_filters (miss_id, filter, count) SELECT $1, $2, $3
			WHERE (SELECT count(*) FROM search_miss_filters WHERE miss_id = $1) < $4 OR EXISTS (SELECT 1 FROM search_miss_filters WHERE miss_id = $1 AND filter = $2)
			ON CONFLICT (miss_id, filter) DO UPDATE SET count = search_miss_filters.count + excluded.count`, string(id), f, x.filters[f], mostFilters); err != nil {
			return "", fmt.Errorf("search: a search without hits: %w", err)
		}
	}
	return id, nil
}

// answered is what the staff have answered to a term; nil for nothing.
func (s *Service) answered(ctx context.Context, term string) (*Answer, error) {
	if term == "" {
		return nil, nil //nolint:nilnil // nothing was asked
	}
	language := schema.English.Code()
	if v := auth.From(ctx); v != nil && v.Language != "" {
		language = v.Language
	}
	var text string
	err := s.st.RawRead(ctx).QueryRowContext(ctx, `SELECT coalesce(a.answer_data, m.answer_data) FROM search_misses m LEFT JOIN search_misses a ON a.id = m.merged_into_id AND a.status = 'ANSWERED'
		WHERE m.term = $1 AND (m.status = 'ANSWERED' OR m.status = 'MERGED' AND a.id IS NOT NULL)`, term).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // nobody has answered
	}
	var data schema.SearchAnswer
	if err == nil {
		err = json.Unmarshal([]byte(text), &data)
	}
	if err != nil {
		return nil, fmt.Errorf("search: an answer: %w", err)
	}
	a := &Answer{Synonym: data.Synonym, Text: data.Text[language]}
	for _, id := range data.Products {
		a.Products = append(a.Products, gid.ID(id))
	}
	return a, nil
}

func refuse(code, en, de string, field ...string) error {
	return problem.Refuse(code, problem.Text{EN: en, DE: de}, append([]string{"input"}, field...)...)
}

// me is the person who acts.
func me(ctx context.Context) (user, organization gid.ID) {
	if v := auth.From(ctx); v != nil {
		return gid.ID(v.UserID), gid.ID(v.OrganizationID)
	}
	return "", ""
}

// Follow lets the viewer be told when a search finds something, which is their
// consent that the staff see who searched.
func (s *Service) Follow(ctx context.Context, query string) (followed bool, err error) {
	term := Term(query)
	if err := check(query); err != nil {
		return false, err
	}
	if term == "" || len(term) > longestMiss {
		return false, refuse(Invalid, "There is nothing to search for.", "Es gibt nichts zu suchen.", "query")
	}
	r, err := s.Search(ctx, Question{Query: query, First: 1})
	if err != nil {
		return false, err
	}
	user, organization := me(ctx)
	_, err = s.st.Write(ctx, func(ctx context.Context, _ *ent.Client) (gid.ID, error) {
		if _, err := access.Act(ctx, doFollow, access.Owner{User: user}); err != nil {
			return "", err
		}
		if r.Total > 0 && r.Corrected == "" || r.Answer != nil {
			return "", refuse(Found, "This search finds something already.", "Diese Suche findet bereits etwas.", "query")
		}
		q := s.st.Raw(ctx)
		var n int
		if err := q.QueryRowContext(ctx, `SELECT count(*) FROM search_followers WHERE user_id = $1`, string(user)).Scan(&n); err != nil {
			return "", err
		}
		if n >= mostFollowed {
			return "", refuse(TooMany, "You are waiting for 50 searches already.", "Sie warten bereits auf 50 Suchen.")
		}
		id, err := s.countMiss(ctx, term, &miss{last: s.now()})
		if err != nil {
			return "", err
		}
		if id, err = s.merged(ctx, id); err != nil {
			return "", err
		}
		if _, err := q.ExecContext(ctx, `INSERT INTO search_followers (miss_id, user_id, organization_id, since) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
			string(id), string(user), string(organization), s.now()); err != nil {
			return "", err
		}
		return id, s.people(ctx, id)
	})
	return err == nil, err
}

// merged is what a search has been merged into, or itself.
func (s *Service) merged(ctx context.Context, id gid.ID) (gid.ID, error) {
	var into sql.NullString
	err := s.st.Raw(ctx).QueryRowContext(ctx, `SELECT merged_into_id FROM search_misses WHERE id = $1`, string(id)).Scan(&into)
	if into.String != "" {
		id = gid.ID(into.String)
	}
	return id, err
}

// people counts those who wait. Who has been told is still counted.
func (s *Service) people(ctx context.Context, id gid.ID) error {
	_, err := s.st.Raw(ctx).ExecContext(ctx, `UPDATE search_misses SET people = (SELECT count(*) FROM search_followers WHERE miss_id = $1) WHERE id = $1`, string(id))
	return err
}

// Unfollow takes that back, and says whether the viewer still follows.
func (s *Service) Unfollow(ctx context.Context, query string) (followed bool, err error) {
	if err := check(query); err != nil {
		return false, err
	}
	user, _ := me(ctx)
	_, err = s.st.Write(ctx, func(ctx context.Context, _ *ent.Client) (gid.ID, error) {
		if _, err := access.Act(ctx, doFollow, access.Owner{User: user}); err != nil {
			return "", err
		}
		id, err := s.followed(ctx, Term(query), user)
		if err != nil || id == "" {
			return "", err
		}
		if _, err := s.st.Raw(ctx).ExecContext(ctx, `DELETE FROM search_followers WHERE miss_id = $1 AND user_id = $2`, string(id), string(user)); err != nil {
			return "", err
		}
		return id, s.people(ctx, id)
	})
	return false, err
}

// Follows says whether the viewer will be told.
func (s *Service) Follows(ctx context.Context, term string) (bool, error) {
	user, _ := me(ctx)
	id, err := s.followed(ctx, term, user)
	return id != "", err
}

func (s *Service) followed(ctx context.Context, term string, user gid.ID) (id gid.ID, err error) {
	if term == "" || user == "" {
		return "", nil
	}
	err = s.st.RawRead(ctx).QueryRowContext(ctx, `SELECT f.miss_id FROM search_misses m JOIN search_followers f ON f.miss_id = coalesce(m.merged_into_id, m.id)
		WHERE m.term = $1 AND f.user_id = $2`, term, string(user)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// held finds a search and keeps it from being changed by others.
func held(ctx context.Context, tx *ent.Client, id gid.ID) (*ent.SearchMiss, error) {
	m, err := tx.SearchMiss.Query().Where(searchmiss.ID(id), store.Held).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, problem.ErrNotFound
	}
	return m, err
}

func current(m *ent.SearchMiss, version int) error {
	switch {
	case m.Version != version:
		return refuse(Stale, "Somebody else has changed this in the meantime. Load it again.", "Dies wurde inzwischen geändert. Bitte laden Sie es neu.", "version")
	case m.Status == searchmiss.StatusMERGED:
		return refuse(Merged, "This has been merged into another search.", "Dies wurde mit einer anderen Suche zusammengeführt.", "searchMissId")
	}
	return nil
}

// Decide says what is done about a search. Of an answer, those who follow it are
// told, and their names are then forgotten.
func (s *Service) Decide(ctx context.Context, in Decision) (gid.ID, error) {
	return s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		m, err := held(ctx, tx, in.SearchMissID)
		if err != nil {
			return "", err
		}
		act, err := access.Act(ctx, doDecide, access.Owner{})
		if err != nil {
			return "", err
		}
		if err := current(m, in.Version); err != nil {
			return "", err
		}
		change := tx.SearchMiss.UpdateOneID(m.ID).SetStatus(searchmiss.Status(in.Decision)).SetVersion(m.Version + 1)
		if searchmiss.Status(in.Decision) != searchmiss.StatusANSWERED {
			return m.ID, change.ClearAnswer().ClearAnswerData().Exec(act)
		}
		kind, data, err := s.answer(ctx, tx, m, in)
		if err != nil {
			return "", err
		}
		if err := change.SetAnswer(kind).SetAnswerData(data).Exec(act); err != nil {
			return "", err
		}
		return m.ID, s.tell(ctx, tx, m)
	})
}

// answer reads the answer of a decision; just one sort of it, beside a text.
func (s *Service) answer(ctx context.Context, tx *ent.Client, m *ent.SearchMiss, in Decision) (kind searchmiss.Answer, data schema.SearchAnswer, err error) {
	synonym, texts := strings.TrimSpace(in.Synonym), map[string]string{}
	for language, t := range map[schema.Language]string{schema.English: in.TextEnglish, schema.German: in.TextGerman} {
		if t = strings.TrimSpace(t); t != "" {
			texts[language.Code()] = t
		}
		if utf8.RuneCountInString(t) > longestAnswer {
			return "", data, refuse(Invalid, "An answer has at most 1,000 characters.", "Eine Antwort hat höchstens 1.000 Zeichen.", "textEnglish")
		}
	}
	switch {
	case len(in.ProductIDs) > mostAnswers:
		return "", data, refuse(Invalid, "An answer has at most 20 products.", "Eine Antwort hat höchstens 20 Produkte.", "productIds")
	case len(in.ProductIDs) > 0 && synonym != "":
		return "", data, refuse(Invalid, "Answer by products or by a synonym.", "Antworten Sie mit Produkten oder mit einem Synonym.", "synonym")
	case len(texts) == 1:
		return "", data, refuse(Invalid, "The text is needed in both languages.", "Der Text wird in beiden Sprachen gebraucht.", "textGerman")
	case len(in.ProductIDs) > 0:
		n, err := tx.Product.Query().Where(product.IDIn(in.ProductIDs...)).Count(ctx)
		if err != nil {
			return "", data, err
		}
		if ids := slices.Compact(slices.Sorted(slices.Values(in.ProductIDs))); n != len(ids) {
			return "", data, refuse(UnknownProduct, "One of the products does not exist.", "Eines der Produkte gibt es nicht.", "productIds")
		}
		data.Products, kind = texted(in.ProductIDs), searchmiss.AnswerPRODUCT
	case synonym != "":
		if err := check(synonym); err != nil || Term(synonym) == m.Term {
			return "", data, refuse(Invalid, "The synonym is not another search.", "Das Synonym ist keine andere Suche.", "synonym")
		}
		f, err := s.find(ctx, lookup{groups: groups(synonym), staff: staff(ctx)})
		if err != nil {
			return "", data, err
		}
		if f.total == 0 || len(groups(synonym)) == 0 {
			return "", data, refuse(FindsNothing, "The synonym finds nothing itself.", "Das Synonym findet selbst nichts.", "synonym")
		}
		data.Synonym, kind = synonym, searchmiss.AnswerSYNONYM
	case len(texts) > 0:
		kind = searchmiss.AnswerTEXT
	default:
		return "", data, refuse(Invalid, "An answer needs products, a synonym or a text.", "Eine Antwort braucht Produkte, ein Synonym oder einen Text.", "decision")
	}
	data.Text = texts
	return kind, data, nil
}

// tell writes an event for each who waits for an answer; notifications follow from
// that. Their names have then served their purpose.
func (s *Service) tell(ctx context.Context, tx *ent.Client, m *ent.SearchMiss) error {
	all, err := s.followers(ctx, []gid.ID{m.ID}, mostTold)
	if err != nil || len(all[m.ID]) == 0 {
		return err
	}
	var list []events.Event
	for _, f := range all[m.ID] {
		list = append(list, events.Event{
			Kind: events.SearchAnswered, Subject: m.ID, Owner: access.Owner{User: f.UserID, Organization: f.organization}, Data: schema.EventData{Text: m.Term},
		})
	}
	if err := events.Append(auth.WithSystem(ctx, "those who follow a search are told of its answer"), tx, list...); err != nil {
		return err
	}
	_, err = s.st.Raw(ctx).ExecContext(ctx, `DELETE FROM search_followers WHERE miss_id = $1`, string(m.ID))
	return err
}

// Merge makes a search part of another one, with its count and those who wait.
func (s *Service) Merge(ctx context.Context, id gid.ID, version int, into gid.ID) (gid.ID, error) {
	return s.st.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		m, err := held(ctx, tx, id)
		if err != nil {
			return "", err
		}
		act, err := access.Act(ctx, doMerge, access.Owner{})
		if err != nil {
			return "", err
		}
		if err := current(m, version); err != nil {
			return "", err
		}
		if id == into {
			return "", refuse(Invalid, "A search cannot be merged into itself.", "Eine Suche kann nicht mit sich selbst zusammengeführt werden.", "intoId")
		}
		other, err := held(ctx, tx, into)
		if err != nil {
			return "", err
		}
		if other.Status == searchmiss.StatusMERGED {
			return "", refuse(Merged, "The other search has been merged itself.", "Die andere Suche wurde selbst zusammengeführt.", "intoId")
		}
		// One step leads to the one that counts: what was part of this goes along.
		parts, err := tx.SearchMiss.Query().Where(searchmiss.MergedIntoID(id)).IDs(ctx)
		if err != nil {
			return "", err
		}
		for _, part := range parts {
			if err := tx.SearchMiss.UpdateOneID(part).SetMergedIntoID(into).Exec(act); err != nil {
				return "", err
			}
		}
		if err := tx.SearchMiss.UpdateOneID(id).SetStatus(searchmiss.StatusMERGED).SetMergedIntoID(into).ClearAnswer().ClearAnswerData().SetVersion(m.Version + 1).Exec(act); err != nil {
			return "", err
		}
		if err := tx.SearchMiss.UpdateOneID(into).AddCount(m.Count).SetVersion(other.Version + 1).Exec(act); err != nil {
			return "", err
		}
		q := s.st.Raw(ctx)
		if _, err := q.ExecContext(ctx, `INSERT INTO search_followers (miss_id, user_id, organization_id, since)
			SELECT $2, user_id, organization_id, since FROM search_followers WHERE miss_id = $1 ON CONFLICT DO NOTHING`, string(id), string(into)); err != nil {
			return "", err
		}
		if _, err := q.ExecContext(ctx, `DELETE FROM search_followers WHERE miss_id = $1`, string(id)); err != nil {
			return "", err
		}
		if other.Status == searchmiss.StatusANSWERED {
			return into, s.tell(ctx, tx, other)
		}
		return into, s.people(ctx, into)
	})
}

// FiltersOf are the filters of searches, the most frequent first.
func (s *Service) FiltersOf(ctx context.Context, ids []gid.ID) (map[gid.ID][]FilterUse, error) {
	found := map[gid.ID][]FilterUse{}
	if len(ids) == 0 {
		return found, nil
	}
	rows, err := s.st.RawRead(ctx).QueryContext(ctx, s.with(`SELECT miss_id, filter, count FROM search_miss_filters
		WHERE miss_id IN (SELECT v1 FROM %s) ORDER BY count DESC, filter`, 1), s.args(rowsOf(texted(ids)))...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id gid.ID
		var text string
		var u FilterUse
		if err := rows.Scan(&id, &text, &u.Count); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(text), &u.Filter); err != nil {
			return nil, err
		}
		found[id] = append(found[id], u)
	}
	return found, rows.Err()
}

const (
	mostShown = 100 // followers of one search
	mostTold  = 10_000
)

// FollowersOf are those who wait for answers, the first one first.
func (s *Service) FollowersOf(ctx context.Context, ids []gid.ID) (map[gid.ID][]Follower, error) {
	return s.followers(ctx, ids, mostShown)
}

func (s *Service) followers(ctx context.Context, ids []gid.ID, most int) (map[gid.ID][]Follower, error) {
	found := map[gid.ID][]Follower{}
	if len(ids) == 0 {
		return found, nil
	}
	rows, err := s.st.RawRead(ctx).QueryContext(ctx, s.with(`SELECT miss_id, user_id, organization_id, since FROM search_followers
		WHERE miss_id IN (SELECT v1 FROM %s) ORDER BY since, user_id`, 1), s.args(rowsOf(texted(ids)))...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id gid.ID
		var f Follower
		if err := rows.Scan(&id, &f.UserID, &f.organization, &f.Since); err != nil {
			return nil, err
		}
		if f.Since = f.Since.UTC(); len(found[id]) < most {
			found[id] = append(found[id], f)
		}
	}
	return found, rows.Err()
}

const (
	reviewEvery   = 10 * time.Minute
	reviewTimeout = time.Minute
	reviewBatch   = 200
)

// reviewArgs order the review of searches without hits.
type reviewArgs struct{}

// Kind implements jobs.Args.
func (reviewArgs) Kind() string { return "search.review" }

// work gives the background work of search to a runner.
func (s *Service) work(r *jobs.Runner) {
	jobs.Handle(r, jobs.Kind{Timeout: indexTimeout, Attempts: 3}, func(ctx context.Context, _ indexArgs) error { return s.CatchUp(ctx) })
	r.Every(indexEvery, indexArgs{})
	jobs.Handle(r, jobs.Kind{Timeout: reviewTimeout, Attempts: 3}, func(ctx context.Context, _ reviewArgs) error { return s.Review(ctx) })
	r.Every(reviewEvery, reviewArgs{})
}

// Review looks whether there was something for searches without hits that those who
// searched may not see, and forgets the rarest ones when there are too many.
func (s *Service) Review(ctx context.Context) error {
	if err := s.WriteMisses(ctx); err != nil {
		return err
	}
	ctx = auth.WithSystem(ctx, "whether hidden rows existed for searches without hits")
	list, err := s.st.Client().SearchMiss.Query().Where(searchmiss.HiddenIsNil(), searchmiss.StatusIn(searchmiss.StatusOPEN, searchmiss.StatusPLANNED)).
		Order(ent.Desc(searchmiss.FieldCount), ent.Asc(searchmiss.FieldID)).Limit(reviewBatch).All(ctx)
	if err != nil {
		return err
	}
	for _, m := range list {
		f, err := s.find(ctx, lookup{groups: groups(m.Term), staff: true})
		if err != nil {
			return err
		}
		// What the system finds out is no change by anybody, and so keeps the version.
		if _, err := s.st.Raw(ctx).ExecContext(ctx, `UPDATE search_misses SET hidden = $1 WHERE id = $2`, f.total > 0, string(m.ID)); err != nil {
			return err
		}
	}
	return s.st.Tx(ctx, func(ctx context.Context, _ *ent.Client) error {
		for _, statement := range []string{
			`DELETE FROM search_misses WHERE id IN (SELECT m.id FROM search_misses m WHERE m.status = 'OPEN'
				AND NOT EXISTS (SELECT 1 FROM search_followers f WHERE f.miss_id = m.id) AND NOT EXISTS (SELECT 1 FROM search_misses x WHERE x.merged_into_id = m.id)
				ORDER BY m.count DESC, m.last_at DESC LIMIT 1000000 OFFSET ` + fmt.Sprint(mostKept) + `)`,
			`DELETE FROM search_miss_filters WHERE NOT EXISTS (SELECT 1 FROM search_misses m WHERE m.id = search_miss_filters.miss_id)`,
		} {
			if _, err := s.st.Raw(ctx).ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
}

// now is the service's clock as both databases keep it.
func (s *Service) now() time.Time { return s.o.Clock().UTC().Truncate(time.Microsecond) }
