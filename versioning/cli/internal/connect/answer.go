package connect

import (
	"context"
	"errors"
	"fmt"

	"go.temporal.io/api/serviceerror"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// Explain turns an answer of the service into a line that says what to do next. Explain returns
// other errors unchanged.
func (s *Service) Explain(err error) error {
	var namespace *serviceerror.NamespaceNotFound
	var permission *serviceerror.PermissionDenied
	switch {
	case err == nil:
		return nil
	case errors.As(err, &namespace):
		return fmt.Errorf("the service at %s has no namespace %q: name another with --namespace or TEMPORAL_NAMESPACE",
			s.Address, s.Namespace)
	case errors.As(err, &permission):
		return fmt.Errorf("the service at %s does not allow it: check TEMPORAL_API_KEY or the profile (%s)", s.Address,
			Line(err.Error()))
	case errors.Is(err, context.Canceled):
		return shell.ErrInterrupted
	case IsDeadline(err):
		return fmt.Errorf("the service at %s did not answer in time: is it overloaded?", s.Address)
	default:
		return errors.New(Line(err.Error()))
	}
}
