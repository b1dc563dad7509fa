package store

import (
	"encoding/json"
	"strconv"

	"github.com/lib/pq"
)

// Among is a condition of hand-written SQL: a column has one of the values of argument
// n, which List makes. There is no limit to them, and the statement is the same however
// many there are.
func (s *Store) Among(column string, n int) string {
	if s.Postgres() {
		return column + " = ANY($" + strconv.Itoa(n) + ")"
	}
	return column + " IN (SELECT value FROM json_each($" + strconv.Itoa(n) + "))"
}

// List is a list as one argument of a statement.
func List[T ~string | ~int64](s *Store, values []T) any {
	if s.Postgres() {
		return pq.Array(values)
	}
	text, err := json.Marshal(values)
	if err != nil {
		panic(err) // texts and numbers
	}
	return string(text)
}
