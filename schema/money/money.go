// Package money has amounts as integers of a currency's minor unit. There is
// no float anywhere: a text is parsed digit by digit and rounded half up.
package money

import (
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"strconv"
	"strings"

	"golang.org/x/text/currency"
)

// Money is an amount in one currency.
type Money struct {
	Minor    int64  // minor units: cents for EUR, yen for JPY
	Currency string // ISO 4217 code
}

// ErrAmount is the error of a text that is not an amount.
var ErrAmount = errors.New("not an amount of money")

// ErrCurrency is the error of an unknown currency code.
var ErrCurrency = errors.New("not an ISO 4217 currency code")

// Digits is the number of decimals of a currency (ISO 4217: EUR 2, JPY 0).
func Digits(code string) (int, error) {
	u, err := currency.ParseISO(code)
	if err != nil || u.String() != code {
		return 0, fmt.Errorf("%w: %q", ErrCurrency, code)
	}
	scale, _ := currency.Standard.Rounding(u)
	return scale, nil
}

// Parse reads a decimal text ("9.80000019", "-3", "1e2" is refused) into
// minor units, rounding half up (away from zero for negative amounts).
func Parse(text, code string) (Money, error) {
	digits, err := Digits(code)
	if err != nil {
		return Money{}, err
	}
	r, err := Rat(text)
	if err != nil {
		return Money{}, err
	}
	minor, err := Round(r.Mul(r, new(big.Rat).SetInt64(pow10(digits))))
	return Money{Minor: minor, Currency: code}, err
}

// Rat reads a plain decimal text exactly: an optional sign, digits, at most
// one point. Exponents, fractions and thousands separators are refused.
func Rat(text string) (*big.Rat, error) {
	s := strings.TrimSpace(text)
	if len(s) == 0 || len(s) > 64 || strings.Trim(s, "+-.0123456789") != "" {
		return nil, fmt.Errorf("%w: %q", ErrAmount, text)
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil, fmt.Errorf("%w: %q", ErrAmount, text)
	}
	return r, nil
}

// Round rounds half up, away from zero for negative values.
func Round(r *big.Rat) (int64, error) {
	num, den := new(big.Int).Abs(r.Num()), r.Denom()
	num.Lsh(num, 1).Add(num, den)
	q := num.Quo(num, new(big.Int).Lsh(den, 1))
	if r.Sign() < 0 {
		q.Neg(q)
	}
	if !q.IsInt64() {
		return 0, fmt.Errorf("%w: too large", ErrAmount)
	}
	return q.Int64(), nil
}

func pow10(n int) int64 { return int64(math.Pow10(n)) }

// Decimal is an amount as a decimal text, the GraphQL scalar of that name.
type Decimal string

// Amount is the decimal text of the amount, always with the currency's
// decimals: "12.50".
func (m Money) Amount() Decimal {
	digits, err := Digits(m.Currency)
	if err != nil {
		digits = 2
	}
	sign, minor := "", m.Minor
	u := uint64(minor) //nolint:gosec // the sign is taken off below
	if minor < 0 {
		sign, u = "-", -u
	}
	s := strconv.FormatUint(u, 10)
	if digits == 0 {
		return Decimal(sign + s)
	}
	if len(s) <= digits {
		s = strings.Repeat("0", digits-len(s)+1) + s
	}
	return Decimal(sign + s[:len(s)-digits] + "." + s[len(s)-digits:])
}

// String is the amount with its currency, for logs and texts.
func (m Money) String() string { return string(m.Amount()) + " " + m.Currency }

// MarshalGQL implements graphql.Marshaler. A decimal is sent as text, since
// JSON numbers become floats in most clients.
func (d Decimal) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(d))) }

// UnmarshalGQL implements graphql.Unmarshaler.
func (d *Decimal) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("%w: send it as a text", ErrAmount)
	}
	if _, err := Rat(s); err != nil {
		return err
	}
	*d = Decimal(s)
	return nil
}
