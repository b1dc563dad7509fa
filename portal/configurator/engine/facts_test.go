package engine_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/internal/models"
)

// TestFacts holds core and dead options against what is published.
func TestFacts(t *testing.T) {
	for _, f := range models.Facts {
		t.Run(f.Name, func(t *testing.T) {
			m := models.Load(t, f.Name)
			began := time.Now()
			c := compile(t, &m)
			facts := c.Facts()
			t.Logf("%d options, %d rules: compiled in %v, %d kB", facts.Options, facts.Rules, time.Since(began).Round(100*time.Microsecond), c.Size()/1024)
			require.False(t, facts.Void)
			require.Len(t, facts.Core, f.Core)
			require.Len(t, facts.Dead, f.Dead)
			require.Equal(t, f.Options, facts.Options)
			require.Equal(t, f.Rules, facts.Rules)
		})
	}
}
