package accept

import "google.golang.org/protobuf/types/known/durationpb"

func (t *taking) queue() string { return t.started.GetTaskQueue().GetName() }

// otherQueue reports whether the name is that of another task queue than the execution's, where an
// older kind of Worker Versioning does not allow one.
func (t *taking) otherQueue(name string) bool {
	if name == "" || name == t.queue() || t.started.GetInheritedBuildId() != "" { //nolint:staticcheck // older runs
		return false
	}
	return !t.before.versioned
}

// A timeout is a duration with the name that the service gives it.
type timeout struct {
	name  string
	value *durationpb.Duration
}
