package versioning_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

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

// An updated is a client whose updates end so.
type updated struct {
	client.Client
	client.WorkflowUpdateHandle
	sent   client.UpdateWorkflowOptions
	refuse error
	answer error
}

func (u *updated) UpdateWorkflow(_ context.Context, options client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle,
	error) {
	u.sent = options
	return u, u.refuse
}

func (u *updated) Get(context.Context, any) error { return u.answer }

func TestUpdate(t *testing.T) {
	t.Parallel()
	refusal, lost := temporal.NewApplicationError("no discount today", "refused"), errors.New("connection lost")
	for _, tt := range []struct {
		name           string
		refuse, answer error
		want           error
		why            string
	}{
		{"taken", nil, nil, nil, "the handler has run"},
		{"refused", refusal, nil, nil, "what the validator says is what the recording is about"},
		{"failed", nil, refusal, nil, "so is what the handler says"},
		{"not sent", lost, nil, lost, "the recording would lack the update"},
		{"not answered", nil, lost, lost, "nobody knows whether it is there"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := &updated{refuse: tt.refuse, answer: tt.answer}
			lazy, err := client.NewLazyClient(client.Options{})
			require.NoError(t, err)
			t.Cleanup(lazy.Close)
			err = versioning.Update("discount-1", "discount", 20)(t.Context(), c,
				lazy.GetWorkflow(t.Context(), "order-1", "run-1"))
			require.ErrorIs(t, err, tt.want, tt.why)
			require.Equal(t, client.UpdateWorkflowOptions{
				WorkflowID: "order-1", RunID: "run-1", UpdateID: "discount-1", UpdateName: "discount", Args: []any{20},
				WaitForStage: client.WorkflowUpdateStageCompleted,
			}, c.sent)
		})
	}
}
