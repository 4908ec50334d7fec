package record

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// BuildError reports that the Workflow Tasks of a recording were completed by other builds than the
// builds of its lineage. The routing did not lead to the builds of the lineage.
type BuildError struct{ Want, Got []string }

func (e *BuildError) Error() string {
	return fmt.Sprintf("its workflow tasks were completed by build %s, the scenario says %s",
		strings.Join(e.Got, ", "), strings.Join(e.Want, ", "))
}

// verifyBuilds compares the builds in the events with those of the lineage.
func (r *recorder) verifyBuilds(e execution, rec *history.Recording) error {
	if !r.family.HasBuilds() {
		return nil
	}
	var want []string
	for _, name := range e.lineage() {
		s, _ := r.family.Stage(name)
		want = append(want, s.BuildID)
	}
	if got := rec.Builds(); !slices.Equal(want, got) {
		return &BuildError{Want: want, Got: got}
	}
	return nil
}

// atOnce is the number of executions to record at a time. With builds most of
// the time is spent waiting for the routing, which the service writes for many
// task queues in one batch.
func atOnce(f *versioning.Family) int {
	if f.HasBuilds() {
		return 4
	}
	return 1
}

// inBackground starts the function and returns how to wait for what it gives.
func inBackground(do func() (Attempt, error)) func() (Attempt, error) {
	var attempt Attempt
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		attempt, err = do()
	}()
	return func() (Attempt, error) {
		<-done
		return attempt, err
	}
}
