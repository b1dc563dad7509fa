package prices

import (
	"math"
	"math/bits"
	"slices"
)

// whole is a hundred percent in basis points.
const whole = 10_000

// most is the largest amount in minor units that is calculated with: four hundred
// trillion. Up to it, a percentage of an amount and the sum of the parts of an
// order are exact in 64 bits; what is larger is an error and never wraps around.
const most = 400_000_000_000_000

var _ = [1]struct{}{}[uint64(most)*2*whole/math.MaxInt64] // must compile: a percentage has room

// times is an amount so many times.
func times(minor int64, n int) (int64, error) {
	if minor < 0 || n < 0 {
		return 0, ErrTooLarge
	}
	hi, lo := bits.Mul64(uint64(minor), uint64(n))
	if hi != 0 || lo > most {
		return 0, ErrTooLarge
	}
	return int64(lo), nil //nolint:gosec // at most most
}

// add is the sum of two amounts.
func add(a, b int64) (int64, error) {
	if a < 0 || b < 0 || a > most || b > most || a+b > most {
		return 0, ErrTooLarge
	}
	return a + b, nil
}

// percentOf is a percentage of an amount from 0 to most, rounded half up to the
// minor unit.
func percentOf(minor int64, basisPoints int) int64 {
	return (minor*int64(basisPoints) + whole/2) / whole
}

// split divides an amount in proportion to weights, so that the parts add up to
// it: each is rounded down, and the minor units that remain go to those that lost
// most by that, the first ones first. No part is negative. With weights that are
// all zero nothing is divided; the caller then has no amount to divide.
func split(amount int64, weights []int64) []int64 {
	parts, losses, total := make([]int64, len(weights)), make([]uint64, len(weights)), uint64(0)
	for _, w := range weights {
		total += uint64(w) //nolint:gosec // not negative
	}
	if total == 0 || amount <= 0 {
		return parts
	}
	left := amount
	order := make([]int, len(weights))
	for i, w := range weights {
		order[i] = i
		hi, lo := bits.Mul64(uint64(amount), uint64(w)) //nolint:gosec // not negative
		quotient, rest := bits.Div64(hi, lo, total)     // below amount, since w is not above total
		parts[i], losses[i] = int64(quotient), rest     //nolint:gosec // at most amount
		left -= parts[i]
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case losses[a] > losses[b]:
			return -1
		case losses[a] < losses[b]:
			return 1
		}
		return 0
	})
	for _, i := range order[:left] {
		parts[i]++
	}
	return parts
}
