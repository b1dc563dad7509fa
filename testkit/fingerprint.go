package testkit

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/ent"
	"foyer/portal/store"
)

// Fingerprint digests every row of the model's tables, apart from the types
// left out. Two equal ones mean that nothing has changed in between.
func (f *Foyer) Fingerprint(except ...string) string {
	f.t.Helper()
	return Fingerprint(f.t, f.Store, except...)
}

// Fingerprint digests every row of the model's tables in a database.
//
// Thousands of refusals are looked at in this way, and hardly one of them writes: where
// the database itself says that nobody has written since, the digest of last time is
// taken. TestFingerprint shows that it does not miss anything.
func Fingerprint(t testing.TB, st *store.Store, except ...string) string {
	t.Helper()
	k, name := keptOf(t, st), strings.Join(except, " ")
	k.mu.Lock()
	defer k.mu.Unlock()
	if state := k.state(t); state != k.at {
		k.at, k.sums = state, map[string]string{}
	}
	if k.sums[name] == "" {
		k.sums[name] = fingerprint(t, st, except)
	}
	return k.sums[name]
}

// kept are the digests of a database, and the state in which it had them.
type kept struct {
	mu   sync.Mutex
	st   *store.Store
	conn *sql.Conn // SQLite's; a connection counts the commits of all the others
	at   string
	sums map[string]string
}

var keptBy sync.Map // *store.Store to *kept

func keptOf(t testing.TB, st *store.Store) *kept {
	t.Helper()
	if k, there := keptBy.Load(st); there {
		return k.(*kept)
	}
	k := &kept{st: st}
	if !st.Postgres() {
		var file string
		require.NoError(t, st.Raw(t.Context()).QueryRowContext(t.Context(), "SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&file))
		db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
		require.NoError(t, err)
		k.conn, err = db.Conn(context.WithoutCancel(t.Context()))
		require.NoError(t, err)
		t.Cleanup(func() { _, _ = k.conn.Close(), db.Close() })
	}
	keptBy.Store(st, k)
	t.Cleanup(func() { keptBy.Delete(st) })
	return k
}

// state changes with every commit of anybody. PostgreSQL gives each transaction that
// writes a number, and says which comes next and which are under way; those of other
// databases of the server count as well, which costs a digest and misses nothing.
func (k *kept) state(t testing.TB) (s string) {
	t.Helper()
	row := func() *sql.Row {
		if k.conn != nil {
			return k.conn.QueryRowContext(t.Context(), "PRAGMA data_version")
		}
		return k.st.Raw(t.Context()).QueryRowContext(t.Context(), "SELECT pg_current_snapshot()::text")
	}()
	require.NoError(t, row.Scan(&s))
	return s
}

// fingerprint reads every row.
func fingerprint(t testing.TB, st *store.Store, except []string) string {
	t.Helper()
	ctx, sum := t.Context(), sha256.New()
	for _, name := range slices.Sorted(maps.Keys(ent.Meta)) {
		if slices.Contains(except, name) {
			continue
		}
		rows, err := st.Raw(ctx).QueryContext(ctx, "SELECT * FROM "+ent.Meta[name].Table+" ORDER BY id") //nolint:gosec // a table of ours
		require.NoError(t, err)
		columns, err := rows.Columns()
		require.NoError(t, err)
		values, at := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			at[i] = &values[i]
		}
		for rows.Next() {
			require.NoError(t, rows.Scan(at...))
			digest(sum, name)
			for _, v := range values {
				digest(sum, v)
			}
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close())
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// digest adds a value of a column: its sort and its bytes, with their number, so that no
// two lists of values read the same. Most are texts, which need no printing: this runs
// thousands of times over the whole world.
func digest(sum io.Writer, value any) {
	var text []byte
	sort := byte('t')
	switch v := value.(type) {
	case nil:
		sort = 'n'
	case []byte:
		text = v
	case string:
		text = []byte(v)
	case int64:
		sort, text = 'i', strconv.AppendInt(nil, v, 10)
	case time.Time:
		text = v.UTC().AppendFormat(nil, time.RFC3339Nano)
	default:
		sort, text = 'x', fmt.Append(nil, v)
	}
	_, _ = sum.Write(strconv.AppendInt([]byte{sort}, int64(len(text)), 10))
	_, _ = sum.Write(text)
}
