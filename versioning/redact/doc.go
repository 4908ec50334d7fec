// Package redact replaces the data in a recording by made-up data of the same shape, and proves
// that the recording still replays as it did.
//
//	redacted, report, err := redact.Recording(ctx, family.Stages, recording, redact.Options{})
//
// What is replaced: all payloads (inputs, results, details, signals, updates, memos, search
// attributes, headers, summaries, the values of side effects and local activities), the messages
// and stack traces of failures, the reasons that people give, the headers of Nexus Operations, and
// the identities of clients and workers.
//
// What stays: names and IDs, times, timeouts and all else that the service and the SDK make, true,
// false and null, zero and the empty string, the keys of JSON objects unless they look like data,
// what the SDK itself keeps in payloads, and the values without which the recording would replay
// otherwise. Report says which those are, and where a value that was replaced can still be read.
//
// Equal values of a recording get equal replacements, of the same format as far as code would parse
// it: a time stays a time, a number keeps its digits. They are made with a key that is random and
// is not kept, so nobody can look one up.
//
// What workflow code makes of values, such as "order-" + id, is written anew: the redacted
// recording is replayed, and what the code now sends is what the events then say. So a stage that
// was safe stays safe with all values compared.
//
// docs/redact.md says how to read the report and how to check the result.
package redact
