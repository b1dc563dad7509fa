package engine_test

import (
	"os"
	"strconv"
)

// runs is how often a test tries: a number by default, FOYER_SOAK times as often in
// a long run.
func runs(n int) int {
	if times, err := strconv.Atoi(os.Getenv("FOYER_SOAK")); err == nil && times > 0 {
		return n * times
	}
	return n
}
