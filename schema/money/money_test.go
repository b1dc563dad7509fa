package money_test

import (
	"math"
	"math/big"
	"testing"
	"testing/quick"

	"github.com/stretchr/testify/require"

	"foyer/schema/money"
)

func TestParseRoundsHalfUp(t *testing.T) {
	for _, c := range []struct {
		text, currency string
		minor          int64
		amount         money.Decimal
	}{
		{"14", "EUR", 1400, "14.00"}, {"9.80000019", "EUR", 980, "9.80"}, {"32.3800011", "EUR", 3238, "32.38"},
		{"0.005", "EUR", 1, "0.01"}, {"0.00499999", "EUR", 0, "0.00"}, {"-0.005", "EUR", -1, "-0.01"},
		{"1.005", "USD", 101, "1.01"}, {"1000.5", "JPY", 1001, "1001"}, {" 7 ", "GBP", 700, "7.00"}, {".5", "EUR", 50, "0.50"},
		{"-11062.06", "GBP", -1106206, "-11062.06"}, {"1.2345", "BHD", 1235, "1.235"},
	} {
		m, err := money.Parse(c.text, c.currency)
		require.NoError(t, err, c.text)
		require.Equal(t, c.minor, m.Minor, c.text)
		require.Equal(t, c.amount, m.Amount(), c.text)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"", "1e3", "1,50", "NaN", "Inf", "0x10", "1/3", "--1", "1.2.3", "١", "1_000", "99999999999999999999"} {
		_, err := money.Parse(text, "EUR")
		require.Error(t, err, text)
	}
	for _, code := range []string{"", "eur", "EURO", "??", "E\x00R"} {
		_, err := money.Parse("1", code)
		require.Error(t, err, code)
	}
}

func TestAmountIsReadBack(t *testing.T) {
	require.NoError(t, quick.Check(func(minor int64) bool {
		m := money.Money{Minor: minor, Currency: "EUR"}
		back, err := money.Parse(string(m.Amount()), "EUR")
		return err == nil && back == m
	}, nil))
	require.Equal(t, money.Decimal("-92233720368547758.08"), money.Money{Minor: math.MinInt64, Currency: "EUR"}.Amount())
}

func TestRound(t *testing.T) {
	// Northwind's line rule: round(price x quantity x (1 - discount)).
	got, err := money.Round(new(big.Rat).Mul(big.NewRat(1400*12, 1), big.NewRat(85, 100)))
	require.NoError(t, err)
	require.Equal(t, int64(14280), got)
}
