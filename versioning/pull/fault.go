package pull

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.temporal.io/api/serviceerror"
)

// fatalError is one that the next execution would meet too.
type fatalError struct{ error }

func (e *fatalError) Unwrap() error { return e.error }

// asked puts what the service answered about a run into words, and tells whether it
// is about that run alone.
func asked(x Execution, err error) error {
	var missing *serviceerror.NotFound
	switch {
	case err == nil:
		return nil
	case errors.As(err, &missing):
		return fmt.Errorf("the service has no such execution: it was deleted, its retention period is over, "+
			"or the IDs are those of another namespace (%w)", err)
	case slices.Contains(everywhere, code(err)), isNamespace(err), isDeadline(err):
		return &fatalError{err}
	}
	return err
}

// askable refuses what the SDK cannot ask for: it tries for ten seconds, seven times over.
func askable(x Execution) error {
	if x.WorkflowID == "" {
		return errors.New("the service lists an execution without a workflow ID")
	}
	if strings.ContainsFunc(x.WorkflowID, func(r rune) bool { return r < ' ' || r > '~' }) {
		return errors.New("the Go SDK does not ask for a workflow ID that is not printable ASCII: " +
			"download it from the Web UI, without decoding")
	}
	return nil
}

// everywhere are the codes of gRPC that say something of the service, the connection
// or the caller.
var everywhere = []string{"PermissionDenied", "Unauthenticated", "Unavailable", "ResourceExhausted", "Unimplemented",
	"Canceled"}

func code(err error) string {
	var service serviceerror.ServiceError
	if errors.As(err, &service) {
		return service.Status().Code().String()
	}
	return serviceerror.ToStatus(err).Code().String()
}

func isNamespace(err error) bool {
	var namespace *serviceerror.NamespaceNotFound
	return errors.As(err, &namespace)
}

// isDeadline tells that a call took too long, also one that the SDK has repeated until then
// because of an error that it keeps to itself.
func isDeadline(err error) bool {
	var deadline *serviceerror.DeadlineExceeded
	return errors.As(err, &deadline) || errors.Is(err, context.DeadlineExceeded)
}

func isMissing(err error) bool {
	var missing *serviceerror.NotFound
	return errors.As(err, &missing)
}
