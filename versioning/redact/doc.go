// Package redact replaces the data in a recording by made-up data of the same shape. It proves that
// the recording still replays as before.
//
//	redacted, report, err := redact.Recording(ctx, family.Stages, recording, redact.Options{})
//
// Package redact replaces all payloads: inputs, results, details, signals, updates, memos, search
// attributes, headers, summaries, and the values of side effects and local activities. It also
// replaces the messages and stack traces of failures, the reasons that people give, the headers of
// Nexus Operations, and the identities of clients and Workers.
//
// Package redact does not replace:
//
//   - names and IDs
//   - times, timeouts and everything else that the service and the SDK make
//   - true, false, null, zero and the empty string
//   - the keys of JSON objects, unless a key looks like data
//   - what the SDK itself keeps in payloads
//   - the values without which the recording would replay differently
//
// Report names the values of the last kind. It also says where a replaced value can still be read.
//
// Equal values of a recording get equal replacements. A replacement has the format of the value, as
// far as code would parse the value: a time stays a time, a number keeps its digits. Replacements
// are made with a random key that is not kept, so nobody can look up a replacement. With
// Options.Salt, the caller chooses the key.
//
// Workflow code makes new values of its inputs, such as "order-" + id. Such values are written
// anew: the redacted recording is replayed, and its events then get what the code now sends. So a
// safe stage stays safe when all values are compared.
//
// docs/redact.md says how to read the report and how to check the result.
package redact
