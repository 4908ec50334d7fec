package history

// Kind says what is wrong with a file. Kinds are stable: programs may compare and store them.
type Kind string

const (
	// KindEmpty: no bytes, or nothing but white space. The command that wrote the file failed; run
	// it again.
	KindEmpty Kind = "empty"
	// KindTooLarge: the file, what it decompresses to, or one event is larger than a Temporal
	// Service can have written. Check what the file is.
	KindTooLarge Kind = "too-large"
	// KindTooDeep: JSON nested deeper than any history. Check what the file is.
	KindTooDeep Kind = "too-deep"
	// KindTruncated: the file stops in the middle, or holds one page of several. Download it again,
	// whole.
	KindTruncated Kind = "truncated"
	// KindCorruptGzip: compressed data that does not decompress. Copy or download the file again,
	// in binary mode.
	KindCorruptGzip Kind = "corrupt-gzip"
	// KindHTML: a web page, as a rule the login page in front of the Web UI. Download with the CLI,
	// or sign in first.
	KindHTML Kind = "html"
	// KindNotHistory: well formed or not, it is something else: the output of another command, an
	// image, a text. Download the history.
	KindNotHistory Kind = "not-history"
	// KindSeveral: more than one execution in one file, as a Temporal Cloud export has. Split it.
	KindSeveral Kind = "several-executions"
	// KindMalformed: it is a history, but its JSON or protobuf is broken in one place. Undo the
	// edit, or download again.
	KindMalformed Kind = "malformed"
	// KindMetadata: the "replaymatrix" object cannot be read, or a newer version of this module
	// wrote it. Update the module, or remove the object: lineage and scenario then come from the
	// file name.
	KindMetadata Kind = "metadata"
	// KindDecodedPayloads: an export for people, in which payloads are plain values. It cannot
	// replay: the SDK would read every such payload as empty. Download again without decoding.
	KindDecodedPayloads Kind = "decoded-payloads"
	// KindNoEvents: a history of zero events. Check the workflow ID and the namespace, and that
	// retention has not passed.
	KindNoEvents Kind = "no-events"
	// KindNullEvent: null stands where an event should. Download again.
	KindNullEvent Kind = "null-event"
	// KindNotStarted: the first event is not WorkflowExecutionStarted: a part of a history.
	// Download it whole.
	KindNotStarted Kind = "not-started"
	// KindEventGap: event IDs do not count up from 1: a gap, a duplicate, or the newest event
	// first. Download again in ascending order.
	KindEventGap Kind = "event-gap"
	// KindMissingAttributes: an event without the attributes of its type, or with those of another.
	// The SDK would panic. Download again.
	KindMissingAttributes Kind = "missing-attributes"
	// KindNoTask: a command made this event, but the event does not lead to the last
	// WorkflowTaskCompleted event before it. A part is missing, or the IDs were changed. Download
	// again.
	KindNoTask Kind = "no-task"
	// KindNoOrigin: the event follows from another one, as the result of an activity from the event that scheduled it, and
	// the ID that it names is not that of such an event before it. A part is missing, or the IDs were changed. Download
	// again.
	KindNoOrigin Kind = "no-origin"
	// KindUnknownEvent: this version of go.temporal.io/api does not know the event type, and the
	// service did not mark the event as ignorable. Update go.temporal.io/sdk.
	KindUnknownEvent Kind = "unknown-event"
	// KindUnknownValue: this version of go.temporal.io/api does not know the name of an enum value,
	// and a replay reads the field of this value. Update go.temporal.io/sdk.
	KindUnknownValue Kind = "unknown-value"
	// KindFolder: the listed folder has a folder with histories in it. Move the histories, or list
	// that folder.
	KindFolder Kind = "folder"
	// KindDuplicateName: another file of the folder stands for the same recording, such as a.json
	// and a.json.gz. Remove one file.
	KindDuplicateName Kind = "duplicate-name"
)

const show = "temporal workflow show --workflow-id ID --output json"

// advice is what to do next, one clause for each Kind: the second half of the sentence that
// FormatError.Error prints.
var advice = map[Kind]string{
	KindEmpty:       "download the history with: " + show,
	KindTooLarge:    "check that the file is a single workflow history",
	KindTooDeep:     "check that the file is a workflow history",
	KindTruncated:   "download the whole history with: " + show,
	KindCorruptGzip: "copy or download the file again",
	KindHTML:        "this is what a login page saves as; download the history with: " + show,
	KindNotHistory:  "download the history with: " + show,
	KindSeveral:     "write each execution to a file of its own",
	KindMalformed:   "undo the edit, or download the history again with: " + show,
	KindMetadata:    `update replaymatrix, or remove the "replaymatrix" object from the file`,
	KindDecodedPayloads: `it cannot be replayed; in the Web UI download without decoding ("encoded"), or use: ` +
		show,
	KindNoEvents:          "check the workflow ID, the namespace and the retention, then: " + show,
	KindNullEvent:         "download the history again with: " + show,
	KindNotStarted:        "download the history from its beginning with: " + show,
	KindEventGap:          "download the history again, oldest event first, with: " + show,
	KindMissingAttributes: "download the history again with: " + show,
	KindNoTask:            "download the history again with: " + show,
	KindNoOrigin:          "download the history again with: " + show,
	KindUnknownEvent:      "update go.temporal.io/sdk to a version that knows it",
	KindUnknownValue:      "update go.temporal.io/sdk to a version that knows it",
	KindFolder:            "move them up, or the folder elsewhere, or let its name begin with an underscore",
	KindDuplicateName:     "remove one of the two",
}

// Advice returns what the reader of the error should do, as a clause. It returns "" if this package
// does not define the Kind.
func (k Kind) Advice() string { return advice[k] }
