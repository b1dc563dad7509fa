package graph

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRounded(t *testing.T) {
	require.Nil(t, rounded(nil))
	for x, want := range map[float64]string{0: "0.000", -1e-17: "0.000", -0.0004: "0.000", -0.0006: "-0.001", 2.0 / 3: "0.667", -1: "-1.000", 12.5: "12.500"} {
		require.Equal(t, want, string(*rounded(&x)), "%v", x)
	}
}
