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
// If you call Histories again with the same folder, it continues where the first call stopped, also
// after a crash. Each file is written under a temporary name in the same folder and then renamed.
// The file of a closed run is never downloaded again, unless the file is damaged or Options.Keep
// does not keep it. The file of an open run is replaced when the history has changed. There is no
// other state than the files.
//
// The list is read page by page, and each of Options.Concurrency workers holds one history. Memory
// grows by 16 bytes for each execution. These bytes show whether an execution was already seen.
//
// Payloads are stored as the service has them: encrypted payloads stay encrypted. If the folder
// must not hold the payloads, set Options.Transform.
package pull
