package uvl

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheExampleOfTheDocumentation(t *testing.T) {
	text, err := os.ReadFile("../../../docs/configurator.md")
	require.NoError(t, err)
	example := regexp.MustCompile("(?s)```uvl\n(.*?)```").FindStringSubmatch(string(text))
	require.NotNil(t, example)
	m, err := Parse(example[1])
	require.NoError(t, err)
	require.Len(t, m.Features, 8)
	require.Len(t, m.Model.Rules, 6)
}
