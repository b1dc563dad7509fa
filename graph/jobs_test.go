package graph_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/portal/jobs"
	"foyer/testkit"
)

type chore struct {
	Order  string `json:"order"`
	Secret string `json:"secret"`
}

func (chore) Kind() string { return "chore" }

// chores orders some work and does it: one is done, one given up, the rest waits.
func chores(t *testing.T, f *testkit.Foyer, waiting int) {
	t.Helper()
	fail := true
	jobs.Handle(f.Jobs, jobs.Kind{Queue: jobs.QueueDelivery, Attempts: 1, Shown: []string{"order"}}, func(_ context.Context, c chore) error {
		if c.Order == "bad" && fail {
			fail = false
			return errors.New("hunter2 in SELECT")
		}
		return nil
	})
	order := func(name string) {
		require.NoError(t, f.Jobs.Insert(t.Context(), chore{Order: name, Secret: "hunter2"}))
	}
	order("good")
	order("bad")
	f.Work()
	for i := range waiting {
		order(fmt.Sprint("w", i))
	}
}

const jobsQuery = `query($f: JobFilter, $a: Cursor, $n: Int) { jobs(filter: $f, after: $a, first: $n) {
  edges { cursor node { number kind queue state about { name value } attempt maxAttempts createdAt scheduledAt attemptedAt finishedAt errors { attempt at message } } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`

func TestJobs(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		chores(t, f, 5)
		admin := f.As("STAFF_ADMIN")
		all := admin.Do(jobsQuery, nil)
		require.Empty(t, all.Errors, all.Body)
		require.Len(t, all.At("jobs", "edges"), 7)
		require.NotContains(t, all.Body, "hunter2")
		require.NotContains(t, all.Body, "SELECT")

		// Page by page it is the same list.
		var paged []any
		cursor := any(nil)
		for more := true; more; {
			p := admin.Must(jobsQuery, map[string]any{"n": 3, "a": cursor})
			edges, _ := testkit.At(p, "jobs", "edges").([]any)
			paged = append(paged, edges...)
			require.Equal(t, cursor != nil, testkit.At(p, "jobs", "pageInfo", "hasPreviousPage"))
			more, _ = testkit.At(p, "jobs", "pageInfo", "hasNextPage").(bool)
			cursor = testkit.At(p, "jobs", "pageInfo", "endCursor")
		}
		require.Equal(t, all.At("jobs", "edges"), paged)
		require.Equal(t, "BAD_USER_INPUT", admin.Do(jobsQuery, map[string]any{"n": 101}).Code())
		require.Equal(t, "BAD_USER_INPUT", admin.Do(jobsQuery, map[string]any{"n": -1}).Code())
		require.Equal(t, "BAD_USER_INPUT", admin.Do(jobsQuery, map[string]any{"a": "Zm9yZ2Vk"}).Code())
		none := admin.Must(jobsQuery, map[string]any{"n": 0})
		require.Empty(t, testkit.At(none, "jobs", "edges"))
		require.Equal(t, true, testkit.At(none, "jobs", "pageInfo", "hasNextPage"))

		for _, x := range []struct {
			filter map[string]any
			n      int
		}{
			{map[string]any{"state": []string{"DISCARDED"}}, 1}, {map[string]any{"state": []string{"AVAILABLE", "COMPLETED"}}, 6},
			{map[string]any{"kind": []string{"chore"}}, 7}, {map[string]any{"kind": []string{"nothing"}}, 0}, {map[string]any{"kind": []string{}}, 0},
			{map[string]any{"queue": []string{"delivery"}}, 7}, {map[string]any{"queue": []string{"default"}}, 0}, {map[string]any{"state": []string{}}, 0},
			{map[string]any{"kind": []string{"chore"}, "state": []string{"DISCARDED"}, "queue": []string{"delivery"}}, 1},
			{map[string]any{"queue": []string{"' OR 1=1 --", "@before"}}, 0},
		} {
			require.Len(t, testkit.At(admin.Must(jobsQuery, map[string]any{"f": x.filter}), "jobs", "edges"), x.n, x.filter)
		}

		bad := testkit.At(admin.Must(jobsQuery, map[string]any{"f": map[string]any{"state": []string{"DISCARDED"}}}), "jobs", "edges", 0, "node")
		require.Equal(t, []any{map[string]any{"name": "order", "value": "bad"}}, testkit.At(bad, "about"))
		number, _ := testkit.At(bad, "number").(string)
		require.Equal(t, fmt.Sprintf("It failed. The log has the cause under job %s.", number), testkit.At(bad, "errors", 0, "message"))
		require.NotNil(t, testkit.At(bad, "finishedAt"))

		queues := admin.Must(`{ jobQueues { name available running scheduled retryable discarded oldestAvailableAt } }`, nil)
		require.Equal(t, "default", testkit.At(queues, "jobQueues", 0, "name"))
		require.Nil(t, testkit.At(queues, "jobQueues", 0, "oldestAvailableAt"))
		require.EqualValues(t, 5, testkit.At(queues, "jobQueues", 1, "available"))
		require.EqualValues(t, 1, testkit.At(queues, "jobQueues", 1, "discarded"))
		require.NotNil(t, testkit.At(queues, "jobQueues", 1, "oldestAvailableAt"))

		// Nobody else learns that there is such a thing.
		for _, role := range []string{"ORG_ADMIN", "STAFF_AGENT", "INTEGRATION", "ANONYMOUS"} {
			for _, q := range []string{`{ jobs { edges { cursor } } }`, `{ jobQueues { name } }`,
				`mutation { retryJob(input: {number: "1"}) { userErrors { code } } }`, `mutation { cancelJob(input: {number: "1"}) { userErrors { code } } }`} {
				require.NotEmpty(t, f.As(role).Do(q, nil).Errors, "%s: %s", role, q)
			}
		}
		_, err := f.Jobs.List(auth.WithViewer(t.Context(), f.Viewer("STAFF_AGENT")), jobs.Filter{}, 0, 1)
		require.Error(t, err, "and not past the schema")
	})
}

func TestRetryAndCancelJobs(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		chores(t, f, 1)
		admin := f.As("STAFF_ADMIN")
		number := func(state string) string {
			n, _ := testkit.At(admin.Must(jobsQuery, map[string]any{"f": map[string]any{"state": []string{state}}}), "jobs", "edges", 0, "node", "number").(string)
			require.NotEmpty(t, n, state)
			return n
		}
		do := func(mutation, number, directive string) *testkit.Answer {
			a := admin.Do(`mutation($n: String!) { it: `+mutation+`(input: {number: $n}) `+directive+` { job { number state } userErrors { field code message } } }`,
				map[string]any{"n": number})
			require.Empty(t, a.Errors, a.Body)
			return a
		}
		bad, done, waits := number("DISCARDED"), number("COMPLETED"), number("AVAILABLE")
		before := f.Fingerprint()
		for _, n := range []string{"999999", "0", "-1", "", "x", "1 ", "01", "1e3", "99999999999999999999999", "' OR 1=1 --"} {
			for _, m := range []string{"retryJob", "cancelJob"} {
				require.Equal(t, "UNKNOWN_JOB", do(m, n, "").At("it", "userErrors", 0, "code"), "%s %q", m, n)
			}
		}
		for _, x := range [][2]string{{"retryJob", done}, {"retryJob", waits}, {"cancelJob", done}} {
			a := do(x[0], x[1], "")
			require.Equal(t, "WRONG_STATE", a.At("it", "userErrors", 0, "code"), x)
			require.Equal(t, []any{"input", "number"}, a.At("it", "userErrors", 0, "field"))
			require.Nil(t, a.At("it", "job"))
		}
		// Those who lack the action: a role that sees work and may not touch it.
		reader := *f.Viewer("STAFF_ADMIN")
		g := auth.NewGrants("READER", nil, nil, []string{"job.read"})
		ctx := auth.WithViewer(t.Context(), reader.WithGrants(g))
		_, err := f.Jobs.Retry(ctx, bad)
		require.Error(t, err)
		_, err = f.Jobs.Cancel(ctx, waits)
		require.Error(t, err)
		require.Equal(t, before, f.Fingerprint(), "a refusal changes nothing")
		require.Equal(t, bad, number("DISCARDED"))
		require.Equal(t, waits, number("AVAILABLE"))

		first := do("retryJob", bad, `@idempotent(key: "again")`)
		require.Equal(t, "AVAILABLE", first.At("it", "job", "state"))
		require.Equal(t, first.Data, do("retryJob", bad, `@idempotent(key: "again")`).Data, "the same request once more")
		require.Equal(t, "CANCELLED", do("cancelJob", waits, "").At("it", "job", "state"))
		f.Work()
		require.Equal(t, "WRONG_STATE", do("cancelJob", bad, "").At("it", "userErrors", 0, "code"), "it is done")
		require.Empty(t, testkit.At(admin.Must(jobsQuery, map[string]any{"f": map[string]any{"state": []string{"DISCARDED"}}}), "jobs", "edges"))
		require.Equal(t, "AVAILABLE", do("retryJob", waits, "").At("it", "job", "state"), "what was called off can be done after all")

		audit := admin.Must(`{ auditEntries(filter: {entity: "Job"}) { edges { node { action subject actor changes { field value } } } } }`, nil)
		require.Len(t, testkit.At(audit, "auditEntries", "edges"), 3, "who did what to which")
		last := testkit.At(audit, "auditEntries", "edges", 0, "node")
		require.Equal(t, "job.retry", testkit.At(last, "action"))
		require.Equal(t, waits, testkit.At(last, "subject"))
		require.Equal(t, string(f.World.Memberships["STAFF_ADMIN"].UserID), testkit.At(last, "actor"))
	})
}

// TestRetryOfWorkThatWasOrderedAgain: two of the same would wait at once.
func TestRetryOfWorkThatWasOrderedAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, f *testkit.Foyer) {
		jobs.Handle(f.Jobs, jobs.Kind{Attempts: 1}, func(context.Context, chore) error { return errors.New("no") })
		require.NoError(t, f.Jobs.Insert(t.Context(), chore{Order: "a"}, jobs.Once()))
		f.Work()
		require.NoError(t, f.Jobs.Insert(t.Context(), chore{Order: "a"}, jobs.Once()))
		a := f.As("STAFF_ADMIN").Must(`mutation { retryJob(input: {number: "1"}) { userErrors { code message } } }`, nil)
		require.Equal(t, "WRONG_STATE", testkit.At(a, "retryJob", "userErrors", 0, "code"))
		a = f.As("STAFF_ADMIN").Must(`mutation { cancelJob(input: {number: "1"}) { job { state finishedAt } userErrors { code message } } }`, nil)
		require.Equal(t, "CANCELLED", testkit.At(a, "cancelJob", "job", "state"), "nobody wants it any more")
		require.NotNil(t, testkit.At(a, "cancelJob", "job", "finishedAt"))
	})
}
