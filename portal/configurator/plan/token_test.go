package plan_test

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/plan"
	"foyer/schema"
)

func TestATokenIsWhatWasAsked(t *testing.T) {
	list := choices(pick("wood", "oak"), number("width", "1.5"), schema.ConfigurationChoice{Group: "feet", Absent: true},
		schema.ConfigurationChoice{Group: "extras", Option: "lock", Negate: true})
	for _, want := range []plan.Since{{VersionID: "cfv_1", Choices: list, Quantity: 12}, {VersionID: "", Quantity: 0}, {VersionID: "ü", Choices: list[:1]}} {
		token := plan.Token(want.VersionID, want.Choices, want.Quantity)
		require.Equal(t, token, strings.Trim(token, "/+=? &#%"))
		got, err := plan.ReadToken(token)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	require.Less(t, len(plan.Token("cfv_01234567890123456789", list, 1)), 120)
}

func TestADamagedTokenIsNone(t *testing.T) {
	token := plan.Token("cfv_1", choices(pick("wood", "oak"), number("width", "1.5")), 12)
	for i := range token {
		for _, b := range []byte("Aa-_=.0 ") {
			if token[i] == b {
				continue
			}
			_, err := plan.ReadToken(token[:i] + string(b) + token[i+1:])
			require.ErrorIs(t, err, plan.ErrToken)
		}
		_, err := plan.ReadToken(token[:i])
		require.ErrorIs(t, err, plan.ErrToken)
	}
	for _, s := range []string{"", token + "A", token + token, strings.Repeat("A", 9000), "\x00"} {
		_, err := plan.ReadToken(s)
		require.ErrorIs(t, err, plan.ErrToken)
	}
}

func TestATokenIsWrittenInOneWay(t *testing.T) {
	for _, body := range [][]byte{
		{1, 0x80, 0, 1},                   // a length in two bytes
		{1, 0, 0x81, 0},                   // a quantity in two
		{1, 0, 1, 16, 1, 'g'},             // a flag that there is not
		{1, 0, 1, 1, 1, 'g', 0},           // an option without a key
		{1, 0, 1, 0, 2, 0xff, 0xfe},       // not text
		{1, 0, 1, 0, 200, 'g'},            // longer than there is
		{2, 0, 1},                         // of another kind
		{1, 0, 0xff, 0xff, 0xff, 0xff, 9}, // more than anybody orders
	} {
		sum := binary.BigEndian.AppendUint32(body, crc32.ChecksumIEEE(body))
		_, err := plan.ReadToken(base64.RawURLEncoding.EncodeToString(sum))
		require.ErrorIs(t, err, plan.ErrToken, "%v", body)
	}
	body := []byte{1, 0, 1, 0, 1, 'g'}
	_, err := plan.ReadToken(base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint32(body, crc32.ChecksumIEEE(body))))
	require.NoError(t, err)
}

func TestATokenIsBounded(t *testing.T) {
	var list []schema.ConfigurationChoice
	for i := range 1000 {
		list = append(list, pick(fmt.Sprintf("group-%d", i), "option"))
	}
	require.Empty(t, plan.Token("v", list, 1))
	require.NotEmpty(t, plan.Token("v", list[:300], 1))
	require.LessOrEqual(t, len(plan.Token("v", list[:300], 1)), 8<<10)
}

func FuzzToken(f *testing.F) {
	f.Add(plan.Token("cfv_1", choices(pick("wood", "oak"), number("width", "1.5")), 12))
	f.Add(plan.Token("", nil, 0))
	f.Add(base64.RawURLEncoding.EncodeToString([]byte{1, 0, 0}))
	f.Fuzz(func(t *testing.T, token string) {
		since, err := plan.ReadToken(token)
		if err != nil {
			require.ErrorIs(t, err, plan.ErrToken)
			require.Equal(t, plan.Since{}, since)
			return
		}
		require.Equal(t, token, plan.Token(since.VersionID, since.Choices, since.Quantity))
	})
}

func TestOnlyWhatHasChangedIsNamed(t *testing.T) {
	m := ready(t, cabinet(), winter)
	before, after := m.state(), m.state(pick("wood", "oak"), pick("finish", "raw"))
	was, is := m.plan.Deltas(before, euros(), nil), m.plan.Deltas(after, euros(), nil)
	require.Equal(t, plan.Changes{}, plan.Changed(before, before, was, was))
	got := plan.Changed(before, after, was, is)
	require.Contains(t, got.Options, engine.Ref{Group: "wood", Option: "pine"})
	require.Contains(t, got.Options, engine.Ref{Group: "extras", Option: "light"}, "its discount came with the oak")
	require.NotContains(t, got.Options, engine.Ref{Group: "extras", Option: "lock"})
	require.NotContains(t, got.Options, engine.Ref{Group: "wood", Option: "teak"})
	require.NotContains(t, got.Groups, "width")
	got = plan.Changed(after, m.state(pick("wood", "oak"), pick("finish", "raw"), number("width", "1")), is, is)
	require.Equal(t, plan.Changes{Groups: []string{"width"}}, got, "chosen now, and no longer by default")
	require.Len(t, plan.Changed(&plan.State{}, after, nil, is).Groups, 6)
}
