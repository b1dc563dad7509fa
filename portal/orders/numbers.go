package orders

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// Order numbers come from a counter, and are displayed permuted: "FO-" and eight
// characters. Whoever has two of them learns neither how many orders lie
// between, nor a third one, and writers never wait for each other as they would
// for a row that all update (PostgreSQL; SQLite has one writer anyway).

// crockford is Douglas Crockford's base 32: no I, L, O or U, so that nothing is
// misread when somebody spells a number out on the telephone.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	numberPrefix = "FO-"
	numberDigits = 8
	numberHalf   = numberDigits * 5 / 2 // bits
)

// NextNumber makes the number of a new order, within the context's transaction
// if there is one.
func (s *Service) NextNumber(ctx context.Context) (string, error) {
	key, err := s.store.Secret(ctx, "order-numbers")
	if err != nil {
		return "", err
	}
	query := `UPDATE counters SET value = value + 1 WHERE name = 'order_number' RETURNING value`
	if s.store.Postgres() {
		query = `SELECT nextval('order_numbers')`
	}
	var n uint64
	if err := s.store.Raw(ctx).QueryRowContext(ctx, query).Scan(&n); err != nil {
		return "", fmt.Errorf("orders: next number: %w", err)
	}
	return number(permutation{key: key, half: numberHalf}, n)
}

// number writes the n-th order number.
func number(p permutation, n uint64) (string, error) {
	if n >= 1<<(2*numberHalf) {
		return "", fmt.Errorf("orders: there is no order number for %d", n)
	}
	n = p.apply(n)
	var digits [numberDigits]byte
	for i := numberDigits - 1; i >= 0; i-- {
		digits[i] = crockford[n&31]
		n >>= 5
	}
	return numberPrefix + string(digits[:]), nil
}

// permutation is a keyed permutation of the numbers of 2*half bits: a balanced
// Feistel network with ten rounds, as many as NIST SP 800-38G uses for FF1. Its
// round function is HMAC-SHA-256, cut to half.
type permutation struct {
	key  []byte
	half uint // bits, at most 32
}

const rounds = 10

func (p permutation) apply(n uint64) uint64 {
	l, r := n>>p.half, n&p.mask()
	for i := range byte(rounds) {
		l, r = r, l^p.round(i, r)
	}
	return l<<p.half | r
}

// invert is the reverse of apply; that there is one is what makes two orders
// never have the same number.
func (p permutation) invert(n uint64) uint64 {
	l, r := n>>p.half, n&p.mask()
	for i := byte(rounds); i > 0; i-- {
		l, r = r^p.round(i-1, l), l
	}
	return l<<p.half | r
}

func (p permutation) mask() uint64 { return 1<<p.half - 1 }

func (p permutation) round(i byte, x uint64) uint64 {
	m := hmac.New(sha256.New, p.key)
	m.Write(binary.BigEndian.AppendUint64([]byte{i}, x))
	return binary.BigEndian.Uint64(m.Sum(nil)) & p.mask()
}
