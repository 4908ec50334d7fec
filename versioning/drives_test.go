package versioning_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
)

func TestInOrder(t *testing.T) {
	t.Parallel()
	refused := errors.New("refused")
	for _, tt := range []struct {
		drives string
		done   string
		err    error
		why    string
	}{
		{"", "", nil, "nothing to do"},
		{"a b c", "a b c", nil, "one after the other"},
		{"a no c", "a", refused, "what follows an error would meet another execution than it expects"},
	} {
		var done []string
		var drives []versioning.Drive
		for _, name := range strings.Fields(tt.drives) {
			drives = append(drives, func(context.Context, client.Client, client.WorkflowRun) error {
				if name == "no" {
					return refused
				}
				done = append(done, name)
				return nil
			})
		}
		err := versioning.InOrder(drives...)(t.Context(), nil, nil)
		require.ErrorIs(t, err, tt.err, tt.why)
		require.Equal(t, tt.done, strings.Join(done, " "), tt.why)
	}
}

// TestUntilQueryNamesTheQuery is about the error of a wait that nothing ends: it
// is all that a user sees of it.
func TestUntilQueryNamesTheQuery(t *testing.T) {
	t.Parallel()
	c, err := client.NewLazyClient(client.Options{})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err = versioning.UntilQuery("status", func(string) bool { return true })(ctx, c, c.GetWorkflow(ctx, "order-1", ""))
	require.ErrorContains(t, err, `waiting for an answer to the query "status": `)
}
