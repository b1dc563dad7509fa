package world

import (
	"crypto/rand"
	"strings"

	"github.com/stretchr/testify/require"

	"foyer/ent/file"
)

// Each person's order has an attachment; its bytes are nowhere.
func init() {
	seeds = append(seeds, func(s seeder) {
		for owner, o := range s.w.Orders {
			if o.UserID == "" {
				continue
			}
			require.NoError(s.t, s.tx.File.Create().SetOrganizationID(o.OrganizationID).SetUserID(o.UserID).SetOrderID(o.ID).
				SetKind(file.KindATTACHMENT).SetName("drawing of "+owner+".pdf").SetContentType("application/pdf").SetBytes(9).
				SetSha256(strings.Repeat("0", 64)).SetStorageKey("aa/"+strings.ToLower(rand.Text())).Exec(s.ctx))
		}
	})
}
