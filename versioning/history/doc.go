// Package history reads and writes recordings: the event history of one workflow execution, with
// what is known of where it came from. It turns bytes into a Recording that is safe to replay, or
// into a FormatError that says what the bytes are and what to do instead.
//
//	rec, err := history.Decode("patching/initial.completed.json", data)
//
// It never replays, never dials a Temporal Service and never decodes a payload.
//
// # What it reads
//
// JSON as the Temporal CLI, the Web UI (downloaded without decoding), tctl, the HTTP API and the
// SDKs write it, with enum names in either spelling (EVENT_TYPE_TIMER_FIRED, TimerFired); the bare
// array of events, the array of batches that the admin tools write, and the response object
// {"history":{"events":[…]}}; binary protobuf of temporal.api.history.v1.History, of
// GetWorkflowExecutionHistoryResponse, and of a Temporal Cloud export that holds one execution; Dir
// gives a recording for each execution of an export that holds several. Each of them plain or
// compressed with gzip, JSON also with a byte order mark or in UTF-16. The bytes decide, not the
// name of the file.
//
// Fields that this version of go.temporal.io/api does not know are dropped, as
// client.HistoryFromJSON drops them. Names of enum values and of events that the API has had before
// are read, such as EVENT_TYPE_WORKFLOW_UPDATE_ACCEPTED. A name that it never had is dropped in a
// field that no replay reads, such as the cause of a failed Workflow Task, and refused in the
// others, because dropping it leaves an event without a type or a field without a value; an event
// that the service marked worker_may_ignore is let through.
//
// # What it refuses
//
// Everything that would replay to a wrong verdict or panic in the SDK: see Kind for the list. The
// one that costs people hours is a history exported for reading, in which payloads are plain values
// (KindDecodedPayloads): where such a value is an object, the SDK drops it without a word and
// replays an empty payload.
//
// # What it writes
//
// Encode writes one JSON object: the key "replaymatrix" with what is known of the recording, then
// "events" exactly as "temporal workflow show --output json" writes them. The SDK, the CLI and the
// Web UI ignore the extra key.
package history
