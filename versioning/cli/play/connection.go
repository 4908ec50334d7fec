package play

import (
	"errors"
	"fmt"
	"strings"

	"go.temporal.io/api/serviceerror"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/connect"
)

// A connection is one to the service on which executions are played.
type connection struct {
	*connect.Service
	// family is the one that was given, for hints.
	family string
}

// describeHint, and the hints below, are commands as a person types them for this service.
func (s *connection) describeHint(id string) string {
	return `"` + s.Program + " starter --describe-workflow " + id + s.At + `"`
}

func (s *connection) startHint(id string) string {
	return `"` + s.Program + " starter" + s.familyFlag() + " --start-workflow " + id + s.At + `"`
}

func (s *connection) workerHint() string {
	return `"` + s.Program + " worker" + s.familyFlag() + " --workflow STAGE" + s.At + `"`
}

func (s *connection) familyFlag() string {
	if s.family == "" {
		return ""
	}
	return " --family " + s.family
}

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
