package play

import (
	"errors"
	"fmt"
	"strings"

	"go.temporal.io/api/serviceerror"
)

// isUnknown reports that there is no such execution. A namespace that does not
// exist is an error of another type.
func isUnknown(err error) bool {
	var notFound *serviceerror.NotFound
	return errors.As(err, &notFound) && !strings.Contains(notFound.Message, "amespace")
}

func (s *connection) unknown(id string) error {
	return fmt.Errorf("no execution has workflow ID %s in namespace %q of %s: "+
		"start it with %s", id, s.Namespace, s.Address, s.startHint(id))
}
