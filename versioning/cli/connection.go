package cli

// A connection is one to the service on which executions are played.
type connection struct {
	*Service
	// family is the one that was given, for hints.
	family string
}
