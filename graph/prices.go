package graph

import "foyer/portal/problem"

var errNotYet = problem.New(problem.Internal, "not yet", "noch nicht")
