package graph

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	_ "unsafe" // for claim

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"

	"foyer/auth"
	"foyer/portal/problem"
	"foyer/portal/store"
)
