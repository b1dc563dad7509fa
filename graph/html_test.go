package graph

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWhatCannotBeShown: a text on which Markdown gives up is shown as it was typed.
func TestWhatCannotBeShown(t *testing.T) {
	deep := strings.Repeat("> ", 40) + "deep & <b>bold</b>"
	require.Equal(t, "<p>"+strings.Repeat("&gt; ", 40)+"deep &amp; &lt;b&gt;bold&lt;/b&gt;</p>", htmlOf(deep))
}
