// Package pull downloads event histories from a running Temporal Service into a
// folder of recordings, one file for each run:
//
//	summary, err := pull.Histories(ctx, pull.Options{
//		Client:       c,
//		Dir:          "testdata/histories/order",
//		WorkflowType: "Order",
//		Limit:        1000,
//	})
//
// A second call with the same folder goes on where the first one stopped, however
// that was: each file is written beside its place and moved there whole, so what
// has the name of a recording is one. A file of a closed run is never downloaded
// again, one of an open run is replaced when the history has changed. There is
// no other state than the files.
//
// Memory does not grow with the number of executions, but for 16 bytes that are
// kept of each to tell those that are met twice: the list is read page by page,
// and each of Options.Concurrency workers holds one history.
//
// Payloads are stored as the service has them, encrypted if they are. Who may
// not have them in a file gives Options.Transform.
package pull
