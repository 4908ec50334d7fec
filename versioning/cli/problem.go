package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"go.temporal.io/api/serviceerror"
)

// errInterrupted is the end of a command that was told to stop in the middle.
var errInterrupted = errors.New("interrupted")

// reason is the last part of what gRPC says about a connection, in words.
func reason(err error) string {
	text := firstLine(err.Error())
	for _, known := range []string{"connection refused", "no such host", "certificate", "first record does not look like a TLS handshake"} {
		if strings.Contains(text, known) {
			if i := strings.LastIndex(text, ": "); i >= 0 {
				return strings.Trim(text[i+2:], `"`)
			}
		}
	}
	if errors.Is(err, context.DeadlineExceeded) || strings.Contains(text, "deadline exceeded") {
		return fmt.Sprintf("no answer within %v", dialTimeout)
	}
	return text
}

// explain puts an answer of the service into a line that says what to do next. It
// returns other errors as they are.
func (s *connection) explain(err error) error {
	var namespace *serviceerror.NamespaceNotFound
	var permission *serviceerror.PermissionDenied
	switch {
	case err == nil:
		return nil
	case errors.As(err, &namespace):
		return fmt.Errorf("the service at %s has no namespace %q: name another with --namespace or TEMPORAL_NAMESPACE", s.address, s.namespace)
	case errors.As(err, &permission):
		return fmt.Errorf("the service at %s does not allow it: check TEMPORAL_API_KEY or the profile (%s)", s.address, firstLine(err.Error()))
	case errors.Is(err, context.Canceled):
		return errInterrupted
	case isDeadline(err):
		return fmt.Errorf("the service at %s did not answer in time: is it overloaded?", s.address)
	default:
		return errors.New(firstLine(err.Error()))
	}
}

func isDeadline(err error) bool {
	var deadline *serviceerror.DeadlineExceeded
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &deadline)
}

func firstLine(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSuffix(strings.TrimSpace(text), ":")
}
