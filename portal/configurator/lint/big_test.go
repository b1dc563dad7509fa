package lint

import (
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/internal/models"
	"foyer/portal/configurator/uvl"
)

// TestTheModelsOfTheLiterature looks at all of them, in both forms.
func TestTheModelsOfTheLiterature(t *testing.T) {
	for _, f := range models.Facts {
		t.Run(f.Name, func(t *testing.T) {
			if f.Options > 500 && os.Getenv("FOYER_LONG") == "" {
				t.Skip("*** NOT RUN: models of more than 500 options take half a minute; set FOYER_LONG=1")
			}
			m := models.Load(t, f.Name)
			if f.UVL {
				imported, err := uvl.Parse(models.UVL(t, f.Name))
				require.NoError(t, err)
				m = imported.Model
			}
			found := count(t, &m)
			if f.UVL {
				require.Equal(t, f.UVLCore, found[Forced])
				require.Equal(t, f.UVLDead, found[Dead])
			}
		})
	}
}

func count(t *testing.T, m *engine.Model) map[Kind]int {
	t.Helper()
	start, used := time.Now(), cpu()
	found, err := Check(t.Context(), m, Options{})
	require.NoError(t, err)
	counts := map[Kind]int{}
	for _, f := range found {
		counts[f.Kind]++
	}
	t.Log(len(m.Rules), "rules", "in", time.Since(start), "CPU", cpu()-used, counts)
	return counts
}

// cpu is the time that this process has used: neighbours make the other any length.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
