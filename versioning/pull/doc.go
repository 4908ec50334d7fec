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
// A second call with the same folder goes on where the first one stopped, also after a crash:
// each file is written beside its place and moved there whole. A file of a closed run is never
// downloaded again. A file of an open run is replaced when the history has changed. The files
// are all the state there is.
//
// The list is read page by page, and each of Options.Concurrency workers holds one history.
// Memory grows by 16 bytes for each execution, which tell executions that are met twice.
//
// Payloads are stored as the service has them: encrypted payloads stay encrypted. If the
// folder must not hold them, set Options.Transform.
package pull
