package cli

import (
	"context"
	"errors"
	"fmt"

	"go.temporal.io/api/serviceerror"
)

// explain puts an answer of the service into a line that says what to do next. It
// returns other errors as they are.
func (s *Service) explain(err error) error {
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
