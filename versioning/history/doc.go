// Package history reads and writes recordings. A recording is the Event History of one Workflow
// Execution, with what is known of where it came from. The package turns bytes into a Recording
// that is safe to replay, or into a FormatError. The FormatError says what the bytes are and what
// to do instead.
//
//	rec, err := history.Decode("patching/initial.completed.json", data)
//
// Package history never replays, never dials a Temporal Service and never decodes a payload.
//
// # What it reads
//
// Decode reads JSON as the Temporal CLI, the Web UI (downloaded without decoding), tctl, the HTTP
// API and the SDKs write it, with enum names in either spelling (EVENT_TYPE_TIMER_FIRED,
// TimerFired). Decode also reads the bare array of events, the array of batches that the admin
// tools write, and the response object {"history":{"events":[…]}}.
//
// Decode reads binary protobuf of temporal.api.history.v1.History, of
// GetWorkflowExecutionHistoryResponse, and of a Temporal Cloud export that holds one execution. If
// an export holds several executions, Dir returns a Source for each execution.
//
// Each form may be plain or compressed with gzip. JSON may also have a byte order mark or be in
// UTF-16. The bytes decide the form, not the name of the file.
//
// Decode drops fields that this version of go.temporal.io/api does not know, as
// client.HistoryFromJSON does. Decode reads older names of enum values and of events, such as
// EVENT_TYPE_WORKFLOW_UPDATE_ACCEPTED. For an enum name that the API never had, the field decides.
// If no replay reads the field, such as the cause of a failed Workflow Task, Decode drops the name.
// In any other field Decode refuses the name, because dropping it leaves an event without a type or
// a field without a value. Decode accepts an event that the service marked worker_may_ignore.
//
// # What it refuses
//
// Decode refuses everything that would replay to a wrong verdict or panic in the SDK: see Kind for
// the list. One case costs people hours: a history exported for reading, in which payloads are
// plain values (KindDecodedPayloads). If such a value is an object, the SDK drops it without a word
// and replays an empty payload.
//
// # What it writes
//
// Encode writes one JSON object: the key "replaymatrix" with what is known of the recording, then
// "events" exactly as "temporal workflow show --output json" writes them. The SDK, the CLI and the
// Web UI ignore the extra key.
package history
