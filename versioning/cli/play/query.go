package play

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"go.temporal.io/api/serviceerror"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/connect"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// query asks the execution and returns the answer as people read it.
func (s *connection) query(ctx context.Context, id, name string) (string, error) {
	limited, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	value, err := s.QueryWorkflow(limited, id, "", name)
	if err != nil {
		return "", s.unanswered(ctx, id, name, err)
	}
	var answer json.RawMessage
	if err := value.Get(&answer); err != nil {
		return "", fmt.Errorf("the answer to query %q for ID %s cannot be read: %s", name, id,
			shell.FirstLine(err.Error()))
	}
	return plain(string(answer)), nil
}

// plain is a JSON text as people read it: a string without its quotes, unless
// nothing would be left to see.
func plain(text string) string {
	var s string
	if !strings.HasPrefix(text, `"`) || json.Unmarshal([]byte(text), &s) != nil || s == "" {
		return text
	}
	return s
}

// unanswered says why nobody answered. For an execution whose workflow task
// fails the service keeps the caller waiting, or says that it is not ready.
func (s *connection) unanswered(ctx context.Context, id, name string, err error) error {
	var failed *serviceerror.QueryFailed
	var notReady *serviceerror.WorkflowNotReady
	var precondition *serviceerror.FailedPrecondition
	var closed *serviceerror.InvalidArgument
	switch {
	case isUnknown(err):
		return s.unknown(id)
	case errors.As(err, &failed):
		return fmt.Errorf("the worker cannot answer query %q for ID %s: %s", name, id, shell.FirstLine(failed.Message))
	case ctx.Err() != nil:
		return shell.ErrInterrupted
	case connect.IsDeadline(err), errors.As(err, &notReady), errors.As(err, &precondition):
		if state, e := s.state(ctx, id); e == nil && state.failure != nil {
			return fmt.Errorf("no worker can answer query %q for ID %s while its workflow task fails (event %d, %s): %s",
				name, id, state.failure.event, state.failure.cause, state.failure.message)
		}
		return s.nobody(id, name)
	case errors.As(err, &closed):
		return fmt.Errorf("query %q for ID %s: %s", name, id, shell.FirstLine(closed.Message))
	default:
		return fmt.Errorf("querying %s: %w", id, s.Explain(err))
	}
}

// nobody is for a query that no worker has taken. The service holds it back while
// a Workflow Task is with a Worker that is gone, until that times out.
func (s *connection) nobody(id, name string) error {
	return fmt.Errorf("no worker has answered query %q for ID %s: is one running? "+
		"start one with %s; the task of a Worker that was just stopped "+
		"may not have timed out yet (10 s): try again, or see %s", name, id, s.workerHint(), s.describeHint(id))
}
