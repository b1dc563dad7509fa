package customers

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"foyer/ent"
	"foyer/ent/organization"
	"foyer/portal/access"
	"foyer/portal/problem"
	"foyer/portal/store"
	"foyer/schema"
	"foyer/schema/gid"
	"foyer/schema/money"
)

// mostAddresses is how many addresses a customer can have things delivered to.
const mostAddresses = 100

// Terms say how a customer buys. What is nil stays; an empty text takes it away.
type Terms struct {
	OrganizationID gid.ID
	Currency       *string
	VatID          *string
}

// SetTerms says how a customer buys and returns its id. The refusal is INVALID.
func (s *Service) SetTerms(ctx context.Context, in Terms) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		u, ctx, err := s.changing(ctx, tx, "organization.trade", in.OrganizationID)
		if err != nil {
			return "", err
		}
		if in.Currency != nil {
			code := strings.TrimSpace(*in.Currency)
			if _, err := money.Digits(code); code != "" && err != nil {
				return "", problem.Refuse(problem.Invalid, problem.Text{
					EN: "Give the currency by its ISO 4217 code.", DE: "Geben Sie die Währung mit ihrem Code nach ISO 4217 an.",
				}, "currency")
			}
			if u.SetCurrency(code); code == "" {
				u.ClearCurrency()
			}
		}
		if in.VatID != nil {
			id, err := VatID(*in.VatID, "vatId")
			if err != nil {
				return "", err
			}
			if u.SetVatID(id); id == "" {
				u.ClearVatID()
			}
		}
		return in.OrganizationID, u.Exec(ctx)
	})
}

// changing finds a customer as the viewer sees it, and begins an action on it.
func (s *Service) changing(ctx context.Context, tx *ent.Client, action string, id gid.ID) (*ent.OrganizationUpdateOne, context.Context, error) {
	o, err := tx.Organization.Query().Where(organization.ID(id), store.Held).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil, problem.ErrNotFound
	}
	if err != nil {
		return nil, nil, err
	}
	ctx, err = access.Act(ctx, action, access.Owner{Organization: o.ID, Subject: o.ID})
	return tx.Organization.UpdateOneID(o.ID), ctx, err
}

// vatForms are the forms of VAT identification numbers after the code of the
// country: those of the European Union as its VIES lists them (with XI for
// Northern Ireland), and of those of its neighbours that are asked for on invoices.
// https://ec.europa.eu/taxation_customs/vies/#/faq
var vatForms = map[string]*regexp.Regexp{}

func init() {
	for country, form := range map[string]string{
		"AT": `U\d{8}`, "BE": `[01]\d{9}`, "BG": `\d{9,10}`, "CY": `\d{8}[A-Z]`, "CZ": `\d{8,10}`, "DE": `\d{9}`, "DK": `\d{8}`,
		"EE": `\d{9}`, "EL": `\d{9}`, "ES": `[A-Z]\d{8}|\d{8}[A-Z]|[A-Z]\d{7}[A-Z]`, "FI": `\d{8}`, "FR": `[A-HJ-NP-Z0-9]{2}\d{9}`,
		"HR": `\d{11}`, "HU": `\d{8}`, "IE": `\d[A-Z0-9+*]\d{5}[A-Z]|\d{7}[A-Z]{2}`, "IT": `\d{11}`, "LT": `\d{9}|\d{12}`,
		"LU": `\d{8}`, "LV": `\d{11}`, "MT": `\d{8}`, "NL": `[A-Z0-9+*]{9}B\d{2}`, "PL": `\d{10}`, "PT": `\d{9}`, "RO": `\d{2,10}`,
		"SE": `\d{12}`, "SI": `\d{8}`, "SK": `\d{10}`, "XI": `\d{9}|\d{12}|(GD|HA)\d{3}`,
		"GB": `\d{9}|\d{12}|(GD|HA)\d{3}`, "CH": `E\d{9}(MWST|TVA|IVA)?`, "NO": `\d{9}(MVA)?`,
	} {
		vatForms[country] = regexp.MustCompile(`^(?:` + form + `)$`)
	}
}

// VatID reads a VAT identification number: without the signs that people put
// between its parts, in capital letters. Its form is checked and nothing else;
// whether the number was given to anybody only the register of the country knows.
// An empty text is none. The refusal is INVALID.
func VatID(text string, field ...string) (string, error) {
	id := strings.ToUpper(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-\u00a0", r) {
			return -1
		}
		return r
	}, text))
	if id == "" {
		return "", nil
	}
	if len(id) > 2 && vatForms[id[:2]] != nil && vatForms[id[:2]].MatchString(id[2:]) {
		return id, nil
	}
	return "", problem.Refuse(problem.Invalid, problem.Text{
		EN: "This does not have the form of a VAT identification number, such as DE123456789.",
		DE: "Das hat nicht die Form einer Umsatzsteuer-Identifikationsnummer wie DE123456789.",
	}, field...)
}

// Addresses say where a customer has things delivered, the usual one first.
type Addresses struct {
	OrganizationID gid.ID
	Addresses      []schema.Address
}

// SetAddresses says where a customer has things delivered and returns its id. The
// refusal is INVALID, at the field of the address.
func (s *Service) SetAddresses(ctx context.Context, in Addresses) (gid.ID, error) {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Client) (gid.ID, error) {
		u, ctx, err := s.changing(ctx, tx, "organization.addresses", in.OrganizationID)
		if err != nil {
			return "", err
		}
		if len(in.Addresses) > mostAddresses {
			return "", problem.Refuse(problem.Invalid, problem.Text{
				EN: "There may be 100 addresses at most.", DE: "Es dürfen höchstens 100 Adressen sein.",
			}, "addresses")
		}
		list := make([]schema.Address, len(in.Addresses))
		for i, a := range in.Addresses {
			if list[i], err = Address(a, "addresses", strconv.Itoa(i)); err != nil {
				return "", err
			}
		}
		return in.OrganizationID, u.SetAddresses(list).Exec(ctx)
	})
}

// longestAddress is how many characters each part of an address has.
const longestAddress = 200

// Address reads an address to which things can be sent: recipient, street, town
// and country are there, the country by its ISO 3166 code. The refusal is INVALID,
// at the path with the name of the part.
func Address(a schema.Address, path ...string) (schema.Address, error) {
	at := func(part string) []string { return append(append([]string{}, path...), part) }
	for _, part := range []struct {
		name   string
		text   *string
		needed bool
	}{
		{"name", &a.Name, true}, {"line1", &a.Line1, true}, {"line2", &a.Line2, false}, {"postalCode", &a.PostalCode, false},
		{"city", &a.City, true}, {"region", &a.Region, false}, {"country", &a.Country, true},
	} {
		text, err := problem.Line(*part.text, longestAddress, at(part.name)...)
		if err == nil && part.needed {
			err = problem.Filled(text, at(part.name)...)
		}
		if err != nil {
			return a, err
		}
		*part.text = text
	}
	a.Country = strings.ToUpper(a.Country)
	r, err := language.ParseRegion(a.Country)
	if err != nil || len(a.Country) != 2 || r.Canonicalize().String() != a.Country || !r.IsCountry() || r.IsPrivateUse() {
		return a, problem.Refuse(problem.Invalid, problem.Text{
			EN: "Give the country by its ISO 3166 code, such as DE.", DE: "Geben Sie das Land mit seinem Code nach ISO 3166 an, etwa DE.",
		}, at("country")...)
	}
	return a, nil
}
