package accounts

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/onetimetoken"
	"foyer/portal/problem"
	"foyer/schema"
	"foyer/schema/gid"
)

// CodeLife is how long a guest's code is good.
const CodeLife = 15 * time.Minute

const (
	codeDigits  = 8
	longestPart = 254 // bytes of a number or an address; the columns have no more
)

// CodeRequest counts a request for a code and refuses it when there were too
// many, from one network address or for one pair. It counts the same whether or
// not there is such a pair.
func (s *Service) CodeRequest(ctx context.Context, number, email string) error {
	_, err := s.attempt(ctx, limitCodeRequest, pair(number, email))
	return err
}

// pair names an order's number and an address for counting.
func pair(number, email string) string { return normalNumber(number) + "\n" + normalEmail(email) }

func normalNumber(number string) string { return strings.ToLower(strings.TrimSpace(number)) }

// GuestCode is a code that has been made, for the mail that takes it to somebody.
type GuestCode struct {
	ID, OrderID gid.ID
	Number      string // of the order, as it is written there
	Email       string // of the customer, as it is written there, not as it was typed
	Name        string // of the user, if it is one's
	Language    schema.Language
	Code        string // plain: kept nowhere
}

// NewGuestCode makes a code if the number is that of an order and the address
// belongs to it: that of its contact, or of the active user who placed it. It
// ends the order's codes before it. Nil when number and address are no pair.
// For the job behind a request, which must not show which it was.
func (s *Service) NewGuestCode(ctx context.Context, number, email string) (*GuestCode, error) {
	sys := auth.WithSystem(ctx, "code for a guest: there is no viewer")
	secret, err := s.st.Secret(sys, guestCodes)
	if err != nil {
		return nil, err
	}
	h, err := s.holder(sys, number, email)
	if err != nil || h.orderID == "" {
		return nil, err
	}
	n, err := rand.Int(rand.Reader, big.NewInt(100_000_000))
	if err != nil {
		return nil, fmt.Errorf("accounts: guest code: %w", err)
	}
	c := &GuestCode{
		ID: gid.New(gid.OneTimeToken), OrderID: h.orderID, Number: h.number, Email: h.email, Name: h.name, Language: h.language,
		Code: fmt.Sprintf("%0*d", codeDigits, n),
	}
	err = s.st.Tx(sys, func(ctx context.Context, tx *ent.Client) error {
		older, err := tx.OneTimeToken.Query().Where(onetimetoken.KindEQ(onetimetoken.KindGUEST_CODE),
			onetimetoken.Subject(string(h.orderID)), onetimetoken.UsedAtIsNil()).IDs(ctx)
		if err != nil {
			return err
		}
		for _, id := range older {
			if err := tx.OneTimeToken.DeleteOneID(id).Exec(ctx); err != nil && !ent.IsNotFound(err) {
				return err
			}
		}
		now := s.now()
		return tx.OneTimeToken.Create().SetID(c.ID).SetKind(onetimetoken.KindGUEST_CODE).
			SetHash(digest(secret, "code", string(c.ID), normalEmail(h.email), c.Code)).SetSubject(string(h.orderID)).
			SetCreatedAt(now).SetExpiresAt(now.Add(CodeLife)).Exec(ctx)
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// OpenOrder is what a guest shows to see an order.
type OpenOrder struct{ Number, Email, Code string }

// Guest is a guest who has been let in.
type Guest struct {
	AccessToken string
	ExpiresAt   time.Time
	OrderID     gid.ID
}

// OpenOrder spends a code and gives the access token of a guest for that one
// order. Whatever does not fit is one refusal, INVALID_CODE, after the same
// statements; too many attempts for a pair are RATE_LIMITED, right or wrong.
func (s *Service) OpenOrder(ctx context.Context, in OpenOrder) (*Guest, error) {
	passed, err := s.attempt(ctx, limitCode, pair(in.Number, in.Email))
	if err != nil {
		return nil, err
	}
	sys := auth.WithSystem(ctx, "code of a guest: there is no viewer yet")
	secret, err := s.st.Secret(sys, guestCodes)
	if err != nil {
		return nil, err
	}
	h, err := s.holder(sys, in.Number, in.Email)
	if err != nil {
		return nil, err
	}
	// Only the latest counts: of two jobs at the same time, neither may have seen
	// the other's code when it ended those before.
	t, err := s.st.Client().OneTimeToken.Query().Where(onetimetoken.KindEQ(onetimetoken.KindGUEST_CODE),
		onetimetoken.Subject(string(h.orderID)), onetimetoken.UsedAtIsNil(), onetimetoken.ExpiresAtGT(s.now())).
		Order(ent.Desc(onetimetoken.FieldCreatedAt, onetimetoken.FieldID)).First(sys)
	if ent.IsNotFound(err) {
		t, err = &ent.OneTimeToken{}, nil
	}
	if err != nil {
		return nil, err
	}
	email := normalEmail(h.email)
	if given := digest(secret, "code", string(t.ID), email, typedCode(in.Code)); h.orderID == "" || !auth.SameHash(t.Hash, given) {
		return nil, refuseCode()
	}
	err = s.st.Tx(sys, func(ctx context.Context, tx *ent.Client) error {
		if err := s.spend(ctx, tx, t); err != nil {
			if _, other := problem.Refusals(err); other == nil { // somebody else was faster
				return refuseCode()
			}
			return err
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	passed()
	s.succeeded(ctx, limitCode, pair(in.Number, in.Email))
	token, claims, err := s.signer.Sign(ctx, auth.Claims{
		Subject: string(h.orderID), Code: string(t.ID), Address: addressDigest(secret, t.ID, email),
	})
	if err != nil {
		return nil, fmt.Errorf("accounts: access token of a guest: %w", err)
	}
	return &Guest{AccessToken: token, ExpiresAt: claims.ExpiresAt, OrderID: h.orderID}, nil
}

func refuseCode() error {
	return refuse(codeGuestCode, problem.Text{
		EN: "Number, e-mail address and code do not belong together, or the code has expired. Ask for a new code.",
		DE: "Nummer, E-Mail-Adresse und Code gehören nicht zusammen, oder der Code ist abgelaufen. Bitte fordern Sie einen neuen Code an.",
	})
}

// typedCode is a code without the blanks that it is shown and copied with.
func typedCode(s string) string {
	if len(s) > 100 {
		return ""
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, s)
}

// holder is an order, and the one whom a guest has named of those it belongs to.
type holder struct {
	orderID             gid.ID
	number, email, name string
	language            schema.Language
}

// contacts reads an order, and who belongs to it. Whoever is suspended at the
// front door does not get in by this one.
const contacts = `
SELECT o.id, o.number, o.contact_email, u.email, u.name, u.language, g.language
FROM orders o JOIN organizations g ON g.id = o.organization_id
LEFT JOIN users u ON u.id = o.user_id AND u.status = 'ACTIVE'
WHERE g.status <> 'SUSPENDED' AND `

// holder finds an order by its number, in any case, and of its addresses the one
// that was named. It runs one statement, whatever is found; empty when it is no
// pair.
func (s *Service) holder(ctx context.Context, number, email string) (holder, error) {
	number, email = strings.TrimSpace(number), normalEmail(email)
	if !typeable(number) || !typeable(email) {
		number, email = "", "" // neither is anybody's
	}
	rows, err := s.st.RawRead(ctx).QueryContext(ctx, contacts+`lower(o.number) = lower($1) ORDER BY o.id LIMIT 10`, number)
	if err != nil {
		return holder{}, fmt.Errorf("accounts: guest: %w", err)
	}
	var found holder
	for rows.Next() { // numbers that differ in case alone are of several orders
		h, all, err := scanContacts(rows)
		if err != nil {
			return holder{}, errors.Join(err, rows.Close())
		}
		for _, c := range all {
			if found.orderID == "" && email != "" && normalEmail(c.email) == email {
				found = holder{orderID: h.orderID, number: h.number, email: c.email, name: c.name, language: c.language}
			}
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return holder{}, fmt.Errorf("accounts: guest: %w", err)
	}
	return found, nil
}

// scanContacts reads a row of contacts: the order, and its addresses.
func scanContacts(rows *sql.Rows) (h holder, all []holder, err error) {
	var (
		contact, email, name, language sql.NullString
		ours                           string
	)
	if err := rows.Scan(&h.orderID, &h.number, &contact, &email, &name, &language, &ours); err != nil {
		return holder{}, nil, fmt.Errorf("accounts: guest: %w", err)
	}
	if email.String != "" {
		all = append(all, holder{email: email.String, name: name.String, language: schema.Language(language.String)})
	}
	if contact.String != "" {
		all = append(all, holder{email: contact.String, language: schema.Language(ours)})
	}
	return h, all, nil
}

// typeable says whether a text can be a number or an address at all. PostgreSQL
// takes no NUL, and neither database anything endless.
func typeable(s string) bool {
	return s != "" && len(s) <= longestPart && utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// guest reads whether a guest's code and order still stand, and belong to the
// address that the code was sent to: when the order is given another contact,
// the door closes for the former one. One statement.
func (s *Service) guest(ctx context.Context, now time.Time, c auth.Claims) (*identity, error) {
	secret, err := s.st.Secret(ctx, guestCodes)
	if err != nil {
		return nil, err
	}
	rows, err := s.st.RawRead(ctx).QueryContext(ctx, contacts+`o.id = $1 AND EXISTS (
		SELECT 1 FROM one_time_tokens t WHERE t.id = $2 AND t.kind = 'GUEST_CODE' AND t.subject = $3 AND t.used_at > $4)`,
		c.Subject, c.Code, c.Subject, now.Add(-auth.GuestTokenLifetime-time.Minute))
	if err != nil {
		return nil, fmt.Errorf("accounts: guest: %w", err)
	}
	var language schema.Language
	for rows.Next() {
		_, all, err := scanContacts(rows)
		if err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		for _, h := range all {
			if language == "" && auth.SameHash([]byte(c.Address), []byte(addressDigest(secret, gid.ID(c.Code), normalEmail(h.email)))) {
				language = h.language
			}
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, fmt.Errorf("accounts: guest: %w", err)
	}
	if language == "" {
		return nil, problem.ErrUnauthenticated
	}
	v := auth.Viewer{Kind: auth.KindGuest, Subject: c.Subject, Code: c.Code, Contact: c.Address, Language: language.Code()}
	return &identity{viewer: v.WithGrants(schema.Grants["GUEST"])}, nil
}

// guestCodes names the key of digests.
const guestCodes = "guest-codes"

// digest is what is kept of a secret that could be guessed: without the key,
// which stands in another table, the hundred million codes cannot be tried. Zero
// bytes part the fields, of which none has one.
func digest(secret []byte, fields ...string) []byte {
	mac := hmac.New(sha256.New, secret)
	for _, f := range fields {
		mac.Write([]byte(f))
		mac.Write([]byte{0})
	}
	return mac.Sum(nil)
}

// addressDigest names an address in a token, which others may read.
func addressDigest(secret []byte, code gid.ID, email string) string {
	return base64.RawURLEncoding.EncodeToString(digest(secret, "address", string(code), email)[:16])
}

// sweepCodes deletes guests' codes that can open nothing any more, and with the
// used ones what access tokens of guests stand on; those live an hour.
func (s *Service) sweepCodes(ctx context.Context) error {
	sys := auth.WithSystem(ctx, "sweep of expired guest codes")
	old, err := s.st.Client().OneTimeToken.Query().Where(onetimetoken.KindEQ(onetimetoken.KindGUEST_CODE),
		onetimetoken.ExpiresAtLT(s.now().Add(-24*time.Hour))).Limit(500).IDs(sys)
	if err != nil || len(old) == 0 {
		return err
	}
	return s.st.Tx(sys, func(ctx context.Context, tx *ent.Client) error {
		for _, id := range old {
			if err := tx.OneTimeToken.DeleteOneID(id).Exec(ctx); err != nil && !ent.IsNotFound(err) {
				return err
			}
		}
		return nil
	})
}
