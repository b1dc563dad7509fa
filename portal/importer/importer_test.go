package importer

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"foyer/auth"
	"foyer/ent"
	"foyer/ent/role"
	"foyer/portal/store"
)

func TestTry(t *testing.T) {
	ctx := auth.WithSystem(t.Context(), "test")
	url := os.Getenv("U")
	if url == "" {
		url = "sqlite://" + filepath.Join(t.TempDir(), "a.db")
	}
	st, err := store.Open(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if _, err := st.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	_ = st.Tx(ctx, func(ctx context.Context, tx *ent.Client) error {
		return tx.Role.Create().SetKey("ORG_ADMIN").SetName("A").SetKind(role.KindORGANIZATION).SetBuiltIn(true).Exec(ctx)
	})
	m, err := LoadMapping("../../docs/examples/" + os.Getenv("M") + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		start := time.Now()
		r, err := Run(ctx, st, m, "/work/shared/data/"+os.Getenv("M"), Options{DryRun: i == 0, Batch: func() int { n := 0; fmt.Sscan(os.Getenv("B"), &n); return n }()})
		r.WriteTo(os.Stdout)
		fmt.Println(time.Since(start), err)
		for _, b := range r.Bad[:min(5, len(r.Bad))] {
			fmt.Println(b)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
