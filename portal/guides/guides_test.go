package guides

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/problem"
	"foyer/schema"
)

func both(s string) map[string]string { return map[string]string{"en": s, "de": s} }

// FuzzCheck reads a guide from JSON: it is refused with a place and words in both
// languages, or sound, and then checking it again changes nothing and every way
// through it ends.
func FuzzCheck(f *testing.F) {
	good := schema.GuideDocument{Title: both("T"), Start: "a", Steps: []schema.GuideStep{
		{Key: "a", Question: both("Q"), Answers: []schema.GuideAnswer{{Key: "x", Text: both("X"), Next: "b"}}},
		{Key: "b", Result: &schema.GuideResult{Search: "s", Products: []string{"p"}}},
	}}
	text, err := json.Marshal(good)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"title":{"en":" a ","de":"b"},"start":"a","steps":[{"key":"a","result":{"text":{"en":"x","de":"y\r\n"}}}]}`))
	f.Add([]byte(`{"steps":[{},{"answers":[{}]}]}`))
	f.Add([]byte(`{"title":{"en":"a","de":"b"},"start":"a","steps":[{"key":"a","question":{"en":"a","de":"b"},"answers":[{"key":"a","text":{"en":"a","de":"b"},"next":"a"}]}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var d schema.GuideDocument
		if json.Unmarshal(text, &d) != nil {
			return
		}
		got, err := Check(d)
		if err != nil {
			var r *problem.Refusal
			require.True(t, errors.As(err, &r), "%v", err)
			require.NotEmpty(t, r.Text.EN)
			require.NotEmpty(t, r.Text.DE)
			require.Equal(t, []string{"input", "document"}, r.Field[:2])
			return
		}
		again, err := Check(got)
		require.NoError(t, err)
		require.Equal(t, got, again)
		answers, left := []string{}, Questions(got)
		for {
			p, err := Walk(got, answers)
			require.NoError(t, err)
			require.LessOrEqual(t, p.Remaining, left)
			if p.Step.Result != nil {
				return
			}
			answers, left = append(answers, p.Step.Answers[len(p.Step.Answers)-1].Key), p.Remaining-1
		}
	})
}
