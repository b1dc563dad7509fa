package graph

import (
	"context"
	"strconv"

	"entgo.io/contrib/entgql"

	"foyer/graph/model"
	"foyer/portal/jobs"
	"foyer/portal/problem"
	"foyer/schema/gid"
)

// jobFilter reads which background work is asked for.
func jobFilter(in *model.JobFilter) (f jobs.Filter) {
	if in == nil {
		return f
	}
	if in.State != nil { // an empty list is not the same as none
		f.States = make([]string, len(in.State))
	}
	for i, s := range in.State {
		f.States[i] = string(s)
	}
	f.Kinds, f.Queues = in.Kind, in.Queue
	return f
}

// jobPage loads a page of background work, and one more to see whether there is
// a next.
func (r *Resolver) jobPage(ctx context.Context, filter *model.JobFilter, after *entgql.Cursor[gid.ID], n int) (*model.JobConnection, error) {
	before := int64(0)
	if after != nil {
		number, ok := jobs.Number(string(after.ID))
		if !ok { // it is signed, so that no client meets this
			return nil, problem.ErrNotFound
		}
		before = number
	}
	list, err := r.Jobs.List(ctx, jobFilter(filter), before, n+1)
	if err != nil {
		return nil, err
	}
	c := &model.JobConnection{Edges: []*model.JobEdge{}, PageInfo: &entgql.PageInfo[gid.ID]{HasPreviousPage: after != nil}}
	if len(list) > n {
		list, c.PageInfo.HasNextPage = list[:n], true
	}
	for _, j := range list {
		at := entgql.Cursor[gid.ID]{ID: gid.ID(strconv.FormatInt(j.Number, 10))}
		c.Edges = append(c.Edges, &model.JobEdge{Node: job(ctx, j), Cursor: at})
	}
	if len(c.Edges) > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Edges[0].Cursor, &c.Edges[len(c.Edges)-1].Cursor
	}
	return c, nil
}

// job is background work as the API shows it, in the language of the viewer.
func job(ctx context.Context, j *jobs.Job) *model.Job {
	out := &model.Job{
		Number: strconv.FormatInt(j.Number, 10), Kind: j.Kind, Queue: j.Queue, State: model.JobState(j.State),
		About: []*model.JobArgument{}, Attempt: j.Attempt, MaxAttempts: j.MaxAttempts,
		CreatedAt: j.CreatedAt, ScheduledAt: j.ScheduledAt, AttemptedAt: j.AttemptedAt, FinishedAt: j.FinishedAt,
		Errors: []*model.JobFailure{},
	}
	for _, a := range j.About {
		out.About = append(out.About, &model.JobArgument{Name: a.Name, Value: a.Value})
	}
	for _, f := range j.Failed {
		out.Errors = append(out.Errors, &model.JobFailure{Attempt: f.Attempt, At: f.At, Message: f.Text.In(language(ctx))})
	}
	return out
}

// jobPayload tells of a change of background work, which is read again.
func (r *Resolver) jobPayload(ctx context.Context, number gid.ID, err error) (*model.JobPayload, error) {
	refused, err := userErrors(ctx, err, func(field []string, code, message string) *model.JobUserError {
		return &model.JobUserError{Field: field, Code: model.JobErrorCode(code), Message: message}
	})
	if err != nil || number == "" {
		return &model.JobPayload{UserErrors: refused}, err
	}
	id, _ := jobs.Number(string(number))
	j, err := r.Jobs.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	return &model.JobPayload{Job: job(ctx, j), UserErrors: refused}, nil
}

// jobQueues are the queues as the API shows them.
func jobQueues(list []*jobs.Queue) []*model.JobQueue {
	out := make([]*model.JobQueue, len(list))
	for i, q := range list {
		out[i] = &model.JobQueue{
			Name: q.Name, Available: q.Available, Running: q.Running, Scheduled: q.Scheduled,
			Retryable: q.Retryable, Discarded: q.Discarded, OldestAvailableAt: q.OldestAvailable,
		}
	}
	return out
}
