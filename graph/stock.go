package graph

import "foyer/portal/problem"

// errNotYet is the answer of what is being built.
var errNotYet = problem.New(problem.Internal, "Not yet.", "Noch nicht.")
