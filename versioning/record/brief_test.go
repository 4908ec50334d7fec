package record

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBrief takes out of a message what would make two equal observations differ.
func TestBrief(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ message, want, why string }{
		{"a failure", "a failure", "as it is"},
		{"first\nsecond", "first", "one line"},
		{"unable to find workflow type: x. Supported types: [c, a, b]",
			"unable to find workflow type: x. Supported types: [a, b, c]",
			"the SDK lists them in another order each time"},
		{"history event is X: (EventId:5, EventTime:(Seconds:1795309822, Nanos:1), EventType:X, TaskId:1127378, " +
			"WorkerMayIgnore:false)",
			"history event is X: (EventId:5, EventType:X, WorkerMayIgnore:false)",
			"times and task IDs are of the moment"},
		{"event position 01a200cd-bda8-72e4-97a1-e8bd2e136811_16. However", "event position RUN_16. However",
			"the place is what tells"},
		{`data:"{\"ActivityID\":\"2\",\"ReplayTime\":\"2026-11-22T04:19:34.172146008Z\",\"Attempt\":1}"`,
			`data:"{\"ActivityID\":\"2\",\"Attempt\":1}"`, "so is the time in a marker"},
		{`{workflow_id:"a"  workflow_type:{name:"Ship"}}`, `{workflow_id:"a" workflow_type:{name:"Ship"}}`,
			"protobuf varies its spaces from binary to binary"},
		{strings.Repeat("ä", longestMessage), strings.Repeat("ä", longestMessage/2) + "…", "no half characters"},
	} {
		require.Equal(t, tt.want, brief(tt.message), tt.why)
	}
}
